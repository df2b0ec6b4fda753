import { createHash, randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { account } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { invitation } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import { findMembership } from "./accounts/find-membership.ts";
import { forgetOwnLimits } from "./api/own-limit.ts";
import { type GateAndApi, openGateAndApi } from "./api/testing-with-gate.ts";
import { verifyAudit } from "./audit/verify-audit.ts";
import { findSession } from "./auth/find-session.ts";
import { eventually } from "./gate/testing/testing-gate.ts";
import { enterByPortal } from "./portal/enter-by-portal.ts";
import { createKey } from "./staff-keys/create-key.ts";
import { ctxOf, staffCtx } from "./testing.ts";

/** A provider's day, by REST only, while the clients of two of its customers call the gate without a pause. */

const customers = 1_000;
let test: GateAndApi["test"];
let gate: GateAndApi["gate"];
let call: GateAndApi["call"];
let close: GateAndApi["close"];
/** Of the provider's own system, and of the person who answers for what cannot be undone. */
let program: string;
let person: string;
beforeAll(async () => {
  ({ test, gate, call, close } = await openGateAndApi());
  const admin = { ...(await staffCtx(test.db, "admin")), now: new Date() };
  const ofAccounts = ["staff:accounts:provision", "staff:accounts:close", "staff:accounts:list"];
  const scopes = [...ofAccounts, "staff:tokens:import", "staff:portal:open"];
  program = (await createKey(admin, { name: "billing", kind: "automation", scopes })).secret;
  const erasing = ["staff:accounts:erase", "staff:accounts:list"];
  person = (await createKey(admin, { name: "dpo", kind: "personal", scopes: erasing })).secret;
});
beforeEach(() => forgetOwnLimits());
afterAll(() => close());

const idOf = (n: number) => `cus-${String(n).padStart(4, "0")}`;
const bodyOf = (n: number, plan = "Starter") => ({
  ...{ name: `Customer ${n}`, plan },
  members: [{ email: `owner@customer-${n}.example`, role: "owner" }],
});
const put = (n: number, plan: string | undefined, now: Date) =>
  call("PUT", `/staff/accounts/by-external-id/${idOf(n)}`, { token: program, body: bodyOf(n, plan), now });

/** All customers, a few at a time, at the pace that the API takes; counts what came of each. */
async function provisionAll(): Promise<Record<string, number>> {
  const outcomes: Record<string, number> = {};
  const startMs = Date.now() - customers * 120;
  let next = 0;
  const worker = async () => {
    while (next < customers) {
      const n = next++;
      const { body } = await put(n, undefined, new Date(startMs + n * 120));
      const outcome = String(body.outcome ?? body.detail);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return outcomes;
}

async function traces() {
  const tables = [account, auditEvent, invitation, mail];
  return Promise.all(tables.map((table) => test.db.$count(table)));
}

/** A client that calls without a pause and notes each answer that differs from the last. */
function client(secret: string) {
  const seen: string[] = [];
  let isOver = false;
  const running = (async () => {
    while (!isOver) {
      // Without spending, or its own pace would stop it first.
      const told = await gate.verify({ token: secret, method: "POST", path: "/v1/email", dry_run: true });
      const quota = told.limits.find((one) => one.name === "account-quota")?.limit;
      const line = `${told.code} ${told.account_external_id} ${quota}`;
      if (seen.at(-1) !== line) seen.push(line);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const stop = async () => {
    isOver = true;
    await running;
  };
  return { seen, sees: (line: string) => eventually(line, async () => seen.at(-1) === line), stop };
}

it("runs by REST, and every client sees at each step what it should", { timeout: 300_000 }, async () => {
  expect(await provisionAll()).toEqual({ created: customers });
  const before = await traces();
  expect(before[0]).toBe(customers);
  forgetOwnLimits();
  expect(await provisionAll()).toEqual({ unchanged: customers });
  expect(await traces()).toEqual(before);
  forgetOwnLimits();

  // Their clients have tokens already, which work on.
  const secrets = [1, 2].map(() => `legacy-${randomBytes(24).toString("hex")}`);
  const rows = secrets.map((secret, index) => ({
    ...{ account: `ext:${idOf(index + 1)}`, name: "legacy", scopes: ["email:send"] },
    sha256: createHash("sha256").update(secret).digest("hex"),
  }));
  const imported = await call("POST", "/staff/import/tokens", { token: program, body: { rows } });
  expect(imported.body).toMatchObject({ imported: 2 });
  const [leaving, staying] = secrets.map((secret) => client(secret));
  await leaving?.sees("allowed cus-0001 100000");
  await staying?.sees("allowed cus-0002 100000");

  // The owner comes in from the provider's own product.
  const visit = { accountId: `ext:${idOf(1)}`, email: "owner@customer-1.example", name: "Mara Vance", role: "owner" };
  const link = await call("POST", "/staff/portal-sessions", { token: program, body: visit, now: new Date() });
  const secret = new URL(String(link.body.url)).pathname.replace("/portal/", "");
  const { sessionId, landing } = await enterByPortal(ctxOf(test.db, { kind: "visitor" }, new Date()), { secret });
  const membership = async () => {
    const session = await findSession(test.db, sessionId, new Date());
    return session && findMembership(test.db, session, landing.split("/")[2] ?? "");
  };
  expect(await membership()).toMatchObject({ name: "Customer 1", role: "owner" });

  expect((await put(1, "Professional", new Date())).body).toMatchObject({
    outcome: "changed",
    changes: expect.arrayContaining(["plan"]),
  });
  await leaving?.sees("allowed cus-0001 500000");

  const path = `/staff/accounts/ext:${idOf(1)}`;
  const now = () => ({ now: new Date() });
  const closed = await call("POST", `${path}/close`, { token: program, body: { reason: "Contract ended." }, ...now() });
  expect(closed.body).toMatchObject({ isChanged: true });
  await leaving?.sees("account_closed cus-0001 500000");
  expect((await put(1, "Professional", new Date())).status).toBe(409);
  expect(await membership()).toMatchObject({ role: "owner" });

  const found = await call("GET", `/staff/accounts/by-external-id/${idOf(1)}`, { token: program });
  expect(found.status).toBe(200);
  const erase = (token: string, body: object) => call("POST", `${path}/erase`, { token, body, ...now() });
  expect((await erase(program, { isImmediate: true })).status).toBe(403);
  expect((await erase(person, {})).status).toBe(409);
  expect((await erase(person, { isImmediate: true })).body).toMatchObject({ isChanged: true });
  // It is the customer's no more, by any name.
  await leaving?.sees("account_closed null 500000");
  expect((await call("GET", `/staff/accounts/by-external-id/${idOf(1)}`, { token: program })).status).toBe(404);
  const [left] = await test.db
    .select()
    .from(account)
    .where(eq(account.id, String(found.body.id)));
  expect(left).toMatchObject({ name: "Erased account", externalId: null });
  expect(await membership()).toBeNull();
  expect(await verifyAudit(test.db)).toMatchObject({ brokenAt: null });

  await leaving?.stop();
  await staying?.stop();
  expect(leaving?.seen).toEqual([
    "allowed cus-0001 100000",
    "allowed cus-0001 500000",
    "account_closed cus-0001 500000",
    "account_closed null 500000",
  ]);
  expect(staying?.seen).toEqual(["allowed cus-0002 100000"]);
});

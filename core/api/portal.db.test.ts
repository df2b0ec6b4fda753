import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { account } from "#db/schema/accounts.ts";
import { portalLink } from "#db/schema/ways-in.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createKey } from "../staff-keys/create-key.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { apiClient } from "./testing.ts";

let test: TestDatabase;
let call: ReturnType<typeof apiClient>;
let token: string;
let accountId: string;
beforeAll(async () => {
  test = await testDatabase();
  call = apiClient(test.db, testNow);
  const admin = await staffCtx(test.db, "admin");
  token = (await createKey(admin, { name: "product", scopes: ["staff:portal:open"] })).secret;
  ({ accountId } = await accountWith(test.db, "By Their Id"));
  await test.db.update(account).set({ externalId: "cus_4711" }).where(eq(account.id, accountId));
});
afterAll(() => test.close());

const person = { email: "mara@example.com", name: "Mara Vance", role: "developer" };

it("a portal link is asked for by the provider's own id of the account, and once for one Idempotency-Key", async () => {
  const body = { ...person, accountId: "ext:cus_4711" };
  const headers = { "idempotency-key": "click-1" };
  const made = await call("POST", "/staff/portal-sessions", { token, body, headers });
  expect(made.status).toBe(201);
  const again = await call("POST", "/staff/portal-sessions", { token, body, headers });
  expect(again.body).toEqual(made.body);
  expect(await test.db.$count(portalLink, eq(portalLink.accountId, accountId))).toBe(1);
  const unknown = await call("POST", "/staff/portal-sessions", { token, body: { ...body, accountId: "ext:nobody" } });
  expect(unknown.status).toBe(404);
});

it("fifty links for one account and person at the same time are fifty links", async () => {
  const body = { ...person, accountId };
  const made = await Promise.all(
    Array.from({ length: 50 }, () => call("POST", "/staff/portal-sessions", { token, body })),
  );
  expect(new Set(made.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(made.map((one) => one.body.url)).size).toBe(50);
});

it("a dry run of a portal link gives none that looks as if it worked", async () => {
  const before = await test.db.$count(portalLink);
  const dry = await call("POST", "/staff/portal-sessions?dry_run=true", { token, body: { ...person, accountId } });
  expect(dry.body.url).toMatch(/\/portal\/none-in-a-dry-run$/);
  expect(await test.db.$count(portalLink)).toBe(before);
});

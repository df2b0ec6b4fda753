import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { account } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { action } from "#db/schema/enforcement.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { refusal, usageDay } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { listAudit } from "../audit/list-audit.ts";
import { approveAction } from "../enforcement/approve-action.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import type { Ctx } from "../frame/context.ts";
import { dayStartMs } from "../rules/limits/quota.ts";
import { newReceipt } from "../rules/limits/receipt.ts";
import { hourMs, minuteMs } from "../rules/time.ts";
import { accountWith, ctxOf, staffCtx, testNow } from "../testing.ts";
import { createToken } from "./create-token.ts";
import { endTokenView } from "./end-token-view.ts";
import { findTokenView } from "./find-token-view.ts";
import { openTokenView } from "./open-token-view.ts";
import { pauseToken } from "./pause-token.ts";
import { checkTokenView, readTokenView } from "./read-token-view.ts";
import { revokeToken } from "./revoke-token.ts";
import { rotateToken } from "./rotate-token.ts";

/** Signing in with a token: a look at that one token. */

const ip = "198.51.100.77";
let test: TestDatabase;
let owner: Ctx;
let accountId: string;
let networks = 0;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(`select ensure_usage_partitions('${testNow.toISOString()}', '${testNow.toISOString()}')`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await test.close();
});
beforeEach(async () => {
  const made = await accountWith(test.db, "Looked At Ltd");
  accountId = made.accountId;
  owner = await made.memberCtx("owner");
  networks += 1;
});

const after = (ms: number) => new Date(testNow.getTime() + ms);
/** Each test from a network of its own. */
const visitor = (laterMs = 0, from = `198.18.${networks}.1`): Ctx => ({
  ...ctxOf(test.db, { kind: "visitor" }, after(laterMs)),
  ip: from,
});
const found = (viewId: string, laterMs = 0, from: string | null = ip) =>
  findTokenView(test.db, viewId, { ip: from, now: after(laterMs) });

async function viewOf(secret: string) {
  const { viewId } = await openTokenView(visitor(), { token: secret });
  const view = await found(viewId);
  if (!view) throw new Error("no view");
  return { viewId, ctx: ctxOf(test.db, { kind: "token_view", viewId, of: view.of }) };
}

const named = (name: string, more: Record<string, unknown> = {}) => createToken(owner, { name, ...more });

async function refused(tokenId: string): Promise<string> {
  const [known] = await test.db.select({ id: endpoint.id }).from(endpoint).where(eq(endpoint.name, "email.send"));
  const receipt = newReceipt(testNow.getTime() - 1_000, (count) => crypto.getRandomValues(new Uint8Array(count)));
  await test.db.insert(refusal).values({
    ...{ receipt, at: after(-1_000), accountId, tokenId, endpointId: known?.id ?? 0, surface: "http", gateId: "g" },
    ...{ code: "token_paused", method: "POST", path: "/v1/email", ip: "203.0.113.9" },
  });
  return receipt;
}

describe("a look at a token", () => {
  it("shows its own use, refusals and limits, and neither another token, a person nor an address", async () => {
    const mine = await named("mine", { capPerDay: 10 });
    const other = await named("the other one");
    const row = {
      at: after(dayStartMs(testNow.getTime()) - testNow.getTime()),
      endpointId: 1,
      surface: "http",
    } as const;
    await test.db.insert(usageDay).values([
      { ...row, accountId, tokenId: mine.tokenId, outcome: "allowed", requests: 3, spent: 3 },
      { ...row, accountId, tokenId: other.tokenId, outcome: "allowed", requests: 40, spent: 40 },
    ]);
    const own = await refused(mine.tokenId);
    const theirs = await refused(other.tokenId);
    const { ctx } = await viewOf(mine.secret);
    const { standing, use } = await readTokenView(ctx, {});
    expect(standing).toEqual({ standing: "good", actions: [] });
    expect(use).toMatchObject({ token: { name: "mine", today: { requests: 3 }, capPerDay: 10 }, quota: { used: 43 } });
    expect(use?.refusals.map(({ receipt, ip: from }) => [receipt, from])).toEqual([[own, "203.0.113.0/24"]]);
    const text = JSON.stringify(use);
    for (const word of ["the other one", other.tokenId, "Looked At Ltd", mine.secret, theirs])
      expect(text).not.toContain(word);
    expect((await readTokenView(ctx, { receipt: own })).use?.refusals).toHaveLength(1);
    expect((await readTokenView(ctx, { receipt: theirs })).use?.refusals).toEqual([]);
  });

  it("tells what the gate would answer, of this token only", async () => {
    const { ctx } = await viewOf((await named("mine", { scopes: ["email:send"] })).secret);
    expect(await checkTokenView(ctx, { method: "POST", path: "/v1/email" })).toMatchObject({ code: "allowed" });
    const other = await named("other");
    const asked = checkTokenView.fromUnknown(ctx, { path: "/v1/email", tokenId: other.tokenId });
    await expect(asked).rejects.toMatchObject({ code: "invalid" });
  });

  it("lasts an hour, ends by signing out, and is in the account's audit log without the secret", async () => {
    const { secret } = await named("mine");
    const first = await viewOf(secret);
    expect(await found(first.viewId, hourMs - 1)).not.toBeNull();
    expect(await found(first.viewId, hourMs)).toBeNull();
    await endTokenView(first.ctx, {});
    expect(await found(first.viewId)).toBeNull();
    const { events } = await listAudit(owner, {});
    expect(events.map((one) => one.action)).toEqual(expect.arrayContaining(["token.view", "token.end_view"]));
    const rows = [
      await test.db.select({ data: auditEvent.data }).from(auditEvent),
      await test.sql`select * from token_view`,
    ];
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it.each<[string, string, (made: Awaited<ReturnType<typeof named>>) => Promise<unknown>]>([
    ["revoked", "revoked", ({ tokenId }) => revokeToken(owner, { tokenId })],
    ["paused", "paused", ({ tokenId }) => pauseToken(owner, { tokenId })],
    [
      "expired",
      "expired",
      ({ tokenId }) => test.db.update(token).set({ expiresAt: testNow }).where(eq(token.id, tokenId)),
    ],
    ["replaced", "replaced", ({ tokenId }) => rotateToken(owner, { tokenId, overlapHours: 0 })],
    [
      "kept to another address",
      "address",
      ({ tokenId }) =>
        test.db
          .update(token)
          .set({ allowedNetworks: ["192.0.2.0/24"] })
          .where(eq(token.id, tokenId)),
    ],
    [
      "kept to another address with its account",
      "account_address",
      () =>
        test.db
          .update(account)
          .set({ allowedNetworks: ["192.0.2.0/24"] })
          .where(eq(account.id, accountId)),
    ],
    [
      "of a closed account",
      "closed",
      () => test.db.update(account).set({ closedAt: testNow }).where(eq(account.id, accountId)),
    ],
  ])("ends at once when the token is %s, and is refused to who comes then", async (_what, stop, end) => {
    const made = await named("mine");
    const { viewId } = await viewOf(made.secret);
    await end(made);
    expect(await found(viewId)).toMatchObject({ stop });
    await expect(openTokenView(visitor(), { token: made.secret })).rejects.toMatchObject({ code: "invalid" });
  });

  it("shows nothing but the standing while the account is suspended, and a pause by the provider as one", async () => {
    const mine = await named("mine");
    const other = await named("other");
    const view = await viewOf(mine.secret);
    const lead = await staffCtx(test.db, "lead");
    const grounds = { accountId, reasonCode: "spam" as const, publicText: "Mail was reported.", internalNote: "note" };
    const impose = async (terms: { type: "token_pause"; tokenId: string } | { type: "suspension" }) => {
      const { actionId, state } = await imposeAction(lead, { ...grounds, ...terms, durationHours: 24 });
      if (state === "pending_approval") await approveAction(await staffCtx(test.db, "admin"), { actionId });
      await test.db.update(action).set({ appliedAt: testNow }).where(eq(action.id, actionId));
    };
    await impose({ type: "token_pause", tokenId: other.tokenId });
    expect((await readTokenView(view.ctx, {})).standing.actions).toEqual([]);
    await impose({ type: "suspension" });
    const read = await readTokenView(view.ctx, {});
    expect(read).toMatchObject({ standing: { standing: "suspended" }, use: null });
    expect(read.standing.actions).toMatchObject([{ type: "suspension", reason: { text: "Mail was reported." } }]);
    expect(JSON.stringify(read)).not.toContain("note");
    expect(await found((await viewOf(mine.secret)).viewId)).toMatchObject({ stop: null });
    await impose({ type: "token_pause", tokenId: mine.tokenId });
    expect(await found(view.viewId)).toMatchObject({ stop: "paused_by_provider" });
  });

  it("is refused for what is no token, and from a network that tries too often", async () => {
    const { secret } = await named("mine");
    const changed = secret.replace(/.$/, (last) => (last === "a" ? "b" : "a"));
    for (const wrong of ["", "gth_short", changed, "x".repeat(600)])
      await expect(openTokenView(visitor(), { token: wrong })).rejects.toMatchObject({ code: "invalid" });
    const from = "2001:db8:0:50::1";
    const tries = await Promise.allSettled(
      Array.from({ length: 61 }, () => openTokenView(visitor(0, from), { token: changed })),
    );
    const codes = tries.map((one) => (one.status === "rejected" ? (one.reason as { code: string }).code : "ok"));
    expect(codes.filter((code) => code === "invalid")).toHaveLength(60);
    expect(codes.filter((code) => code === "throttled")).toHaveLength(1);
    const sameNetwork = openTokenView(visitor(0, "2001:db8:0:50:ffff::2"), { token: secret });
    await expect(sameNetwork).rejects.toMatchObject({ code: "throttled" });
    expect(await openTokenView(visitor(61 * minuteMs, from), { token: secret })).toMatchObject({ accountId });
  });

  it("is not there when the provider has switched it off", async () => {
    const { secret } = await named("mine");
    const { viewId } = await viewOf(secret);
    vi.stubEnv("TOKEN_SIGN_IN", "0");
    await expect(openTokenView(visitor(), { token: secret })).rejects.toMatchObject({ code: "not_found" });
    expect(await found(viewId)).toBeNull();
    vi.unstubAllEnvs();
  });
});

import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { secretUse, token, tokenSecret } from "#db/schema/tokens.ts";
import { usageDay, usageSecond } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import * as format from "#words/format.ts";
import { authenticate } from "../api/authenticate.ts";
import type { Ctx } from "../frame/context.ts";
import { archiveIntegration } from "../integrations/archive-integration.ts";
import { createIntegration } from "../integrations/create-integration.ts";
import { accountWith, onTestDay, testNow } from "../testing.ts";
import { capToken } from "./cap-token.ts";
import { checkToken } from "./check-token.ts";
import { createToken } from "./create-token.ts";
import { dropScopes } from "./drop-scopes.ts";
import { editToken } from "./edit-token.ts";
import { getRotation } from "./get-rotation.ts";
import { getToken } from "./get-token.ts";
import { listTokenHistory } from "./list-token-history.ts";
import { listTokens } from "./list-tokens.ts";
import { extendOverlap, retireSecret } from "./move-retirement.ts";
import { pauseToken } from "./pause-token.ts";
import { revokeToken } from "./revoke-token.ts";
import { rotateToken } from "./rotate-token.ts";

let test: TestDatabase;
let owner: Ctx;
let developer: Ctx;
let stranger: Ctx;
let accountId: string;

beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${onTestDay("00:00:00", -54)}, ${testNow})`);
  const account = await accountWith(test.db, "Northwind Mail", "Hobby");
  ({ accountId } = account);
  owner = await account.memberCtx("owner");
  developer = await account.memberCtx("developer");
  stranger = await (await accountWith(test.db, "Stranger")).memberCtx("owner");
});
afterAll(() => test.close());
afterEach(() => vi.unstubAllEnvs());

const later = (ctx: Ctx, minutes: number): Ctx => ({ ...ctx, now: new Date(testNow.getTime() + minutes * 60_000) });
const unchanged = { scopes: ["email:send"], expiresAt: null, allowedNetworks: [], capPerDay: null, capPerMinute: null };

describe("editing a token", () => {
  it("replaces what it may do, keeps its secret, and leaves before and after in the audit", async () => {
    const { tokenId, preview } = await createToken(owner, { name: "a", scopes: ["email:send", "email:read"] });
    await editToken(developer, {
      tokenId,
      version: 1,
      name: "b",
      scopes: ["email:send"],
      allowedNetworks: ["203.0.113.7", "2001:db8::/48"],
      capPerDay: 500,
    });
    expect(await getToken(owner, { tokenId })).toMatchObject({
      name: "b",
      preview,
      scopes: ["email:send"],
      allowedNetworks: ["203.0.113.7/32", "2001:db8::/48"],
      capPerDay: 500,
      version: 2,
      updatedBy: "Northwind Mail developer",
    });
    const [row] = await listTokenHistory(owner, { tokenId });
    expect(row).toMatchObject({
      action: "token.edit",
      data: {
        name: "b",
        changes: {
          name: { before: "a", after: "b" },
          scopes: { before: ["email:read", "email:send"], after: ["email:send"] },
          capPerDay: { before: null, after: 500 },
        },
      },
    });
  });

  it("refuses the second of two who edit at once, says who was first, and loses nothing of the first", async () => {
    const { tokenId } = await createToken(owner, { name: "shared" });
    const results = await Promise.allSettled([
      editToken(owner, { ...unchanged, tokenId, version: 1, name: "by the owner" }),
      editToken(developer, { ...unchanged, tokenId, version: 1, name: "by the developer" }),
    ]);
    const [lost] = results.filter((one) => one.status === "rejected");
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(lost?.reason).toMatchObject({ code: "conflict" });
    const { name, version, updatedBy } = await getToken(owner, { tokenId });
    expect(version).toBe(2);
    expect(String(lost?.reason)).toContain(`${updatedBy} changed “${name}” at ${format.utc(testNow, "long")}`);
  });

  it("refuses what the provider does not have, another account's integration, and one that is out of use", async () => {
    const { tokenId } = await createToken(owner, { name: "t" });
    const said = { name: "App", purpose: "Sends mail", contactEmail: "a@example.com" };
    const theirs = await createIntegration(stranger, said);
    const old = await createIntegration(owner, said);
    await archiveIntegration(owner, { integrationId: old.id });
    const wrong = [{ scopes: ["no:such"] }, { integrationId: theirs.id }, { integrationId: old.id }];
    for (const change of wrong) {
      const edit = editToken(owner, { ...unchanged, name: "t", tokenId, ...change });
      await expect(edit).rejects.toMatchObject({ code: "invalid" });
    }
    await expect(createToken(owner, { name: "t", integrationId: theirs.id })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("holds new ends to the provider's maximum and leaves old ones alone", async () => {
    const { tokenId } = await createToken(owner, { name: "old" });
    vi.stubEnv("TOKEN_MAX_DAYS", "90");
    await expect(createToken(owner, { name: "new" })).rejects.toMatchObject({
      fields: { expiresAt: expect.stringContaining("live 90 days at most") },
    });
    await editToken(owner, { ...unchanged, tokenId, name: "still without an end" });
    const tooLong = editToken(owner, { ...unchanged, tokenId, name: "x", expiresAt: onTestDay("00:00:00", 189) });
    await expect(tooLong).rejects.toMatchObject({ code: "invalid" });
  });

  it("caps a token and takes scopes away without touching the rest", async () => {
    const { tokenId } = await createToken(owner, { name: "c", scopes: ["email:send", "email:read"], capPerMinute: 9 });
    await capToken(owner, { tokenId, capPerDay: 100, capPerMinute: 9 });
    await dropScopes(owner, { tokenId, scopes: ["email:read", "domains:read"] });
    expect(await getToken(owner, { tokenId })).toMatchObject({
      scopes: ["email:send"],
      capPerDay: 100,
      capPerMinute: 9,
    });
    const [last] = await test.db
      .select({ data: auditEvent.data })
      .from(auditEvent)
      .where(eq(auditEvent.action, "token.drop_scopes"));
    expect(last?.data).toMatchObject({
      changes: { scopes: { before: ["email:read", "email:send"], after: ["email:send"] } },
    });
  });
});

describe("the list of tokens", () => {
  it("keeps one order where many were made at the same moment, so that pages neither skip nor repeat", async () => {
    const { memberCtx } = await accountWith(test.db, "Imported Ltd");
    const ctx = await memberCtx("owner");
    const made: string[] = [];
    for (let n = 0; n < 12; n += 1) made.push((await createToken(ctx, { name: `t${n}` })).tokenId);
    const inOrder = made.sort().reverse();
    expect((await listTokens(ctx, {})).map((one) => one.id)).toEqual(inOrder);
  });
});

describe("rotating a token", () => {
  it("hands out no more of Gatehouse than the one who rotates has", async () => {
    const strong = await createToken(owner, { name: "strong", scopes: ["members:write", "email:send"] });
    const weak = await createToken(developer, { name: "weak", scopes: ["tokens:write"] });
    const byToken = (await authenticate(test.db, `Bearer ${weak.secret}`, null, owner.now)).actor;
    for (const who of [developer, { ...owner, actor: byToken }]) {
      const rotated = rotateToken(who, { tokenId: strong.tokenId, overlapHours: 1 });
      await expect(rotated).rejects.toMatchObject({
        code: "forbidden",
        message: expect.stringContaining("members:write"),
      });
    }
    expect((await getToken(owner, { tokenId: strong.tokenId })).secrets).toHaveLength(1);
    await rotateToken(owner, { tokenId: strong.tokenId, overlapHours: 1 });
  });

  const use = (secretId: string, minute: number, requests: number, client = "cron/1") => ({
    secretId,
    at: onTestDay("12:00:00"),
    network: "203.0.113.0/24",
    client,
    requests,
    lastAt: later(owner, minute).now,
  });

  it("keeps two secrets alive, says who still uses the old one, and ends it when told", async () => {
    const made = await createToken(owner, { name: "r" });
    const rotated = await rotateToken(owner, { tokenId: made.tokenId, overlapHours: 24 });
    expect(rotated.secret).not.toBe(made.secret);
    const again = rotateToken(owner, { tokenId: made.tokenId, overlapHours: 1 });
    await expect(again).rejects.toMatchObject({ code: "conflict" });

    const { secrets } = await getToken(owner, { tokenId: made.tokenId });
    expect(secrets.map((one) => one.state)).toEqual(["current", "retiring"]);
    const [current, old] = secrets;
    if (!current || !old) throw new Error("no secrets");
    await test.db.insert(secretUse).values([use(current.id, 2, 30), use(old.id, 1, 9), use(old.id, 3, 1, "php/8")]);
    expect(await getRotation(later(owner, 5), { tokenId: made.tokenId })).toMatchObject({
      onOld: 10,
      total: 40,
      shareOnOld: 0.25,
      isSafeToRetire: false,
      lastOldAt: later(owner, 3).now,
      users: [
        { client: "php/8", requests: 1, network: "203.0.113.0/24" },
        { client: "cron/1", requests: 9 },
      ],
    });
    expect(await getRotation(later(owner, 64), { tokenId: made.tokenId })).toMatchObject({ isSafeToRetire: true });

    await extendOverlap(owner, { tokenId: made.tokenId, overlapHours: 48 });
    await retireSecret(later(owner, 65), { tokenId: made.tokenId });
    expect(await getRotation(later(owner, 66), { tokenId: made.tokenId })).toMatchObject({
      old: { state: "retired" },
      isUsedAfterRetirement: false,
    });
    await test.db
      .update(secretUse)
      .set({ lastAt: later(owner, 70).now })
      .where(eq(secretUse.secretId, old.id));
    expect(await getRotation(later(owner, 71), { tokenId: made.tokenId })).toMatchObject({
      isUsedAfterRetirement: true,
    });
    await expect(retireSecret(later(owner, 72), { tokenId: made.tokenId })).rejects.toMatchObject({ code: "conflict" });
  });

  it("ends the old secret at once only where it is told 0", async () => {
    const { tokenId } = await createToken(owner, { name: "kept" });
    for (const overlapHours of [null, [], true, "", undefined]) {
      const rotating = rotateToken.fromUnknown(owner, { tokenId, overlapHours });
      await expect(rotating).rejects.toMatchObject({ code: "invalid", fields: { overlapHours: expect.any(String) } });
    }
    expect((await getToken(owner, { tokenId })).secrets).toMatchObject([{ retiresAt: null }]);
    const { retiresAt } = await rotateToken.fromUnknown(owner, { tokenId, overlapHours: "0" });
    expect(retiresAt).toEqual(testNow);
  });

  it("keeps neither secret in the audit, and changes nothing for a revoked token", async () => {
    const { tokenId } = await createToken(owner, { name: "gone" });
    await revokeToken(owner, { tokenId });
    await expect(rotateToken(owner, { tokenId, overlapHours: 1 })).rejects.toMatchObject({ code: "conflict" });
    const rows = await test.db.select({ id: tokenSecret.id }).from(tokenSecret).where(eq(tokenSecret.tokenId, tokenId));
    expect(rows).toHaveLength(1);
    const audit = await test.db.select({ data: auditEvent.data }).from(auditEvent);
    expect(JSON.stringify(audit)).not.toMatch(/gth_[0-9A-Za-z]{38}/);
  });
});

describe("asking whether a token can do something", () => {
  const send = { method: "POST", path: "/v1/email", ip: "203.0.113.7" };
  const ask = async (values: Partial<Parameters<typeof createToken>[1]>, asked = {}) => {
    const { tokenId } = await createToken(owner, { name: "asked", scopes: ["email:send"], ...values });
    return checkToken(owner, { tokenId, ...send, ...asked });
  };

  it("names the check that would refuse, and marks those before it as passed", async () => {
    expect(await ask({})).toMatchObject({ code: "allowed", allowed: true });
    expect(await ask({ scopes: [] })).toMatchObject({ code: "insufficient_scope", missingScope: "email:send" });
    expect(await ask({ allowedNetworks: ["198.51.100.0/24"] })).toMatchObject({ code: "ip_not_allowed" });
    expect(await ask({ allowedNetworks: ["203.0.113.0/24"] }, { ip: undefined })).toMatchObject({
      code: "ip_not_allowed",
    });
    expect(await ask({}, { surface: "smtp", method: "*", path: "/" })).toMatchObject({ allowed: true });
    const { steps } = await ask({ allowedNetworks: ["198.51.100.0/24"] });
    expect(steps.map((one) => one.state)).toEqual([...Array(5).fill("passed"), "refused", null, null, null]);
  });

  it("looks at pause, end, caps and what is used, and spends nothing", async () => {
    const { tokenId } = await createToken(owner, {
      name: "used",
      scopes: ["email:send"],
      capPerMinute: 3,
      capPerDay: 50,
    });
    const row = { accountId, tokenId, endpointId: 1 };
    await test.db.insert(usageSecond).values({ ...row, at: later(owner, -0.5).now, allowed: 3, refused: 0 });
    expect(await checkToken(owner, { tokenId, ...send })).toMatchObject({ code: "rate_limited" });
    const before = await test.db.select({ n: sql<number>`count(*)::int` }).from(usageSecond);
    expect(await checkToken(later(owner, 1), { tokenId, ...send })).toMatchObject({
      allowed: true,
      limits: [
        { name: "endpoint-rate", limit: 120, used: 0 },
        { name: "token-rate", limit: 3, used: 0 },
        { name: "token-quota", limit: 50, used: 0 },
        { name: "account-quota", limit: 1_000 },
      ],
    });
    expect(await test.db.select({ n: sql<number>`count(*)::int` }).from(usageSecond)).toEqual(before);
    const day = { ...row, at: onTestDay("00:00:00"), surface: "http", outcome: "allowed" };
    await test.db.insert(usageDay).values({ ...day, requests: 50, spent: 50 });
    expect(await checkToken(later(owner, 1), { tokenId, ...send })).toMatchObject({ code: "quota_exceeded" });
    await pauseToken(owner, { tokenId });
    expect(await checkToken(owner, { tokenId, ...send })).toMatchObject({ code: "token_paused" });
    await test.db.update(token).set({ expiresAt: testNow }).where(eq(token.id, tokenId));
    expect(await checkToken(owner, { tokenId, ...send })).toMatchObject({ code: "token_expired" });
  });

  it("says which scopes nobody has used in 30 days", async () => {
    const { tokenId } = await createToken(owner, {
      name: "wide",
      scopes: ["email:send", "email:read", "domains:read"],
    });
    const row = { accountId, tokenId, surface: "http", requests: 4, spent: 4 };
    await test.db.insert(usageDay).values([
      { ...row, at: onTestDay("00:00:00", -4), endpointId: 1, outcome: "allowed" },
      { ...row, at: onTestDay("00:00:00", -35), endpointId: 3, outcome: "allowed" },
      { ...row, at: onTestDay("00:00:00", -4), endpointId: 6, outcome: "rate_limited", spent: 0 },
    ]);
    expect((await getToken(owner, { tokenId })).unusedScopes).toEqual(["email:read", "domains:read"]);
  });
});

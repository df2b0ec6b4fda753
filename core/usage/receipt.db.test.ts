import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { refusal, refusalReceipt, usageMinute, usageSecond } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { listViews } from "../personal-data/list-views.ts";
import { unmask } from "../personal-data/unmask.ts";
import { newReceipt, receiptHex, receiptTimeMs } from "../rules/limits/receipt.ts";
import { nilId } from "../rules/uuid.ts";
import { accountWith, ctxOf, onTestDay, staffCtx, testDay, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { explainReceipt } from "./explain-receipt.ts";
import { findReceipt } from "./find-receipt.ts";
import { getReceipt } from "./get-receipt.ts";
import { listRefusals } from "./list-refusals.ts";

let test: TestDatabase;
let accountId: string;
let owner: Awaited<ReturnType<Awaited<ReturnType<typeof accountWith>>["memberCtx"]>>;
let tokens: string[];
let endpointId: number;
const at = new Date(testNow.getTime() - 30_000);

beforeAll(async () => {
  test = await testDatabase();
  const made = await accountWith(test.db, "Busy Ltd");
  accountId = made.accountId;
  owner = await made.memberCtx("owner");
  tokens = [];
  for (const name of ["billing-cron", "web"]) tokens.push((await createToken(owner, { name })).tokenId);
  const [found] = await test.db.select({ id: endpoint.id }).from(endpoint).where(eq(endpoint.name, "email.send"));
  endpointId = found?.id ?? 0;
  await test.db.execute(`select ensure_usage_partitions('${at.toISOString()}', '${testNow.toISOString()}')`);
});
afterAll(() => test.close());

async function refuse(limiter: { kind: string } | null, retryAfterSeconds: number | null, unlimited = "token_paused") {
  const receipt = newReceipt(at.getTime(), (count) => crypto.getRandomValues(new Uint8Array(count)));
  const code = !limiter ? unlimited : limiter.kind === "quota" ? "quota_exceeded" : "rate_limited";
  const who = { accountId, tokenId: tokens[0] ?? "", endpointId, surface: "http", gateId: "gate-1" };
  await test.db.insert(refusal).values({
    receipt,
    at,
    ...who,
    code,
    limiter,
    retryAfterSeconds,
    method: "POST",
    path: "/v1/email",
    ip: "203.0.113.9",
  });
  return receipt;
}
const second = (secondsAgo: number, token: number, allowed: number, refused = 0, where = endpointId) => ({
  accountId,
  at: new Date(Math.floor(at.getTime() / 1000) * 1000 - secondsAgo * 1000),
  tokenId: tokens[token] ?? "",
  endpointId: where,
  allowed,
  refused,
});

describe("a receipt", () => {
  it("tells what used a rate limit in its window, by second and by token", async () => {
    await test.db.insert(usageSecond).values([
      second(0, 0, 3, 2),
      second(10, 1, 4),
      second(60, 0, 5),
      // Before the window, after it, and on another endpoint.
      second(62, 0, 100),
      second(-1, 0, 100),
      second(5, 0, 100, 0, endpointId + 1),
    ]);
    const limiter = { name: "endpoint-rate", kind: "rate", limit: 12, used: 12, windowSeconds: 60 };
    const found = await getReceipt(owner, { receipt: await refuse(limiter, 4) });
    expect(found).toMatchObject({
      code: "rate_limited",
      tokenName: "billing-cron",
      endpointName: "email.send",
      limiter,
      retryAfterSeconds: 4,
    });
    const { budget } = found;
    expect(budget?.points).toHaveLength(61);
    expect(budget?.points.filter((one) => one.allowed > 0).map((one) => one.allowed)).toEqual([5, 4, 3]);
    expect(budget?.points.at(-1)).toMatchObject({ allowed: 3, refused: 2 });
    expect(budget?.used).toBe(12);
    expect(budget?.users).toEqual([
      { tokenId: tokens[0], tokenName: "billing-cron", endpointName: "email.send", used: 8 },
      { tokenId: tokens[1], tokenName: "web", endpointName: "email.send", used: 4 },
    ]);
    const own = { name: "token-rate", kind: "rate", limit: 200, used: 108, windowSeconds: 60 };
    const byToken = await getReceipt(owner, { receipt: await refuse(own, 4) });
    expect(byToken.budget?.used).toBe(108);
  });

  it("tells what used a quota, by hour of its UTC day", async () => {
    const minute = (atMs: number, outcome: string, spent: number) => ({
      accountId,
      at: new Date(atMs - (atMs % 60_000)),
      tokenId: tokens[1] ?? "",
      endpointId,
      surface: "http",
      outcome,
      requests: 7,
      spent,
    });
    const midnight = onTestDay("00:00:00").getTime();
    await test.db.execute(`select ensure_usage_partitions('${testDay(-1)}', '${testDay()}')`);
    await test.db
      .insert(usageMinute)
      .values([
        minute(midnight + 3_600_000, "allowed", 70),
        minute(at.getTime(), "quota_exceeded", 0),
        minute(midnight - 60_000, "allowed", 500),
      ]);
    const limiter = { name: "account-quota", kind: "quota", limit: 70, used: 70, windowSeconds: 86_400 };
    const { budget } = await getReceipt(owner, { receipt: await refuse(limiter, 40_000) });
    expect(budget).toMatchObject({ fromMs: midnight, stepSeconds: 3_600, used: 70 });
    expect(budget?.points[1]).toMatchObject({ allowed: 70, refused: 0 });
    expect(budget?.points.at(-1)).toMatchObject({ allowed: 0, refused: 7 });
  });

  it("needs no limit", async () => {
    expect(await getReceipt(owner, { receipt: await refuse(null, null) })).toMatchObject({
      limiter: null,
      budget: null,
    });
  });

  it("tells the owner the caller's address, and staff its network until they give a reason, which is written down", async () => {
    const receipt = await refuse(null, null);
    const support = await staffCtx(test.db, "support", "Rea Son");
    expect((await getReceipt(owner, { receipt })).ip).toBe("203.0.113.9");
    expect((await listRefusals(owner, { receipt })).refusals.map((one) => one.ip)).toEqual(["203.0.113.9"]);
    expect((await getReceipt(support, { receipt })).ip).toBe("203.0.113.0/24");
    const { refusals } = await listRefusals(support, { accountId, receipt });
    expect(refusals.map((one) => one.ip)).toEqual(["203.0.113.0/24"]);
    const asked = { what: "request_address" as const, subjectId: receipt, reason: "They ask which server it was." };
    expect(await unmask(support, asked)).toMatchObject({ value: "203.0.113.9" });
    const { views } = await listViews(await staffCtx(test.db, "admin"), { accountId });
    expect(views.filter((one) => one.userName === "Rea Son")).toMatchObject([
      { what: "request_address", subjectId: receipt, reason: asked.reason },
      { what: "receipt", subjectId: receipt, reason: null },
    ]);
    await expect(unmask(support, { ...asked, what: "member_email" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("tells a replaced secret of a token that lives from a token that was revoked", async () => {
    const receipt = await refuse(null, null, "token_revoked");
    const told = async () => [
      (await getReceipt(owner, { receipt })).isSecretReplaced,
      ...(await listRefusals(owner, { receipt })).refusals.map((one) => one.isSecretReplaced),
    ];
    expect(await told()).toEqual([true, true]);
    const revokedAt = new Date(at.getTime() - 1_000);
    await test.db
      .update(token)
      .set({ revokedAt })
      .where(eq(token.id, tokens[0] ?? ""));
    expect(await told()).toEqual([false, false]);
  });

  it("of no account is explained to whoever has it, and one of an account only by being let in", async () => {
    const receipt = newReceipt(at.getTime(), (count) => crypto.getRandomValues(new Uint8Array(count)));
    const nobody = { accountId: nilId, tokenId: nilId, endpointId: 0, surface: "http", gateId: "gate-1" };
    await test.db.insert(refusal).values({ receipt, at, ...nobody, code: "unknown_token", ip: "203.0.113.9" });
    const visitor = ctxOf(test.db, { kind: "visitor" });
    expect(await explainReceipt(visitor, { receipt })).toEqual({ code: "unknown_token", at });
    for (const other of [await refuse(null, null), "rcp_zzzzzzzzzaaaaaaaaaaaaaaaa", "nonsense"])
      expect(await explainReceipt(visitor, { receipt: other })).toBeNull();
  });

  it("is found by members and staff", async () => {
    const receipt = await refuse(null, null);
    expect(await findReceipt(owner, { receipt })).toMatchObject({ accountId, isMember: true });
    const support = await staffCtx(test.db, "support");
    expect(await findReceipt(support, { receipt })).toMatchObject({ accountId, isMember: false });
    expect(await getReceipt(support, { receipt })).toMatchObject({ receipt });
  });

  it("is nothing to strangers", async () => {
    const receipt = await refuse(null, null);
    const stranger = await (await accountWith(test.db, "Stranger")).memberCtx("owner");
    expect(await findReceipt(stranger, { receipt })).toBeNull();
    await expect(getReceipt(stranger, { receipt })).rejects.toMatchObject({ code: "not_found" });
  });

  it.each(["", "rcp_", "rcp_zzzzzzzzzaaaaaaaaaaaaaaaa", "x".repeat(80)])(
    "is not found where it is “%s”",
    async (receipt) => {
      expect(await findReceipt(owner, { receipt })).toBeNull();
      await expect(getReceipt(owner, { receipt })).rejects.toMatchObject({ code: "not_found" });
    },
  );
});

describe("a refusal beyond those whose details are kept", () => {
  const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  async function restOf(owned: string, tokenId: string, count: number): Promise<string[]> {
    const receipts = Array.from({ length: count }, (_, i) => newReceipt(at.getTime() + i, random));
    await test.db.insert(refusalReceipt).values({
      at: new Date(Math.floor(at.getTime() / 60_000) * 60_000),
      ...{ accountId: owned, tokenId, endpointId, surface: "http", code: "rate_limited", gateId: "gate-1" },
      receipts: Buffer.from(receipts.map((one) => receiptHex(one)).join(""), "hex"),
    });
    return receipts;
  }

  it("opens for its owner and for staff with what is known of it, and for nobody else", async () => {
    const receipts = await restOf(accountId, tokens[0] ?? "", 560);
    for (const receipt of [receipts[0], receipts[277], receipts[559]].map((one) => one ?? "")) {
      expect(await getReceipt(owner, { receipt })).toMatchObject({
        ...{ receipt, code: "rate_limited", tokenName: "billing-cron", endpointName: "email.send" },
        ...{ hasDetails: false, path: null, limiter: null, budget: null },
      });
      expect(await getReceipt(owner, { receipt })).toMatchObject({ at: new Date(receiptTimeMs(receipt) ?? 0) });
      expect(await findReceipt(owner, { receipt })).toMatchObject({ accountId, isMember: true });
    }
    const stranger = await (await accountWith(test.db, "Strangers Ltd")).memberCtx("owner");
    const receipt = receipts[5] ?? "";
    expect(await findReceipt(stranger, { receipt })).toBeNull();
    await expect(getReceipt(stranger, { receipt })).rejects.toMatchObject({ code: "not_found" });
    const never = newReceipt(at.getTime(), random);
    await expect(getReceipt(owner, { receipt: never })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is explained to whoever has it, where its token belongs to no account", async () => {
    const anybody = ctxOf(test.db, { kind: "visitor" });
    const [receipt = ""] = await restOf(nilId, nilId, 3);
    expect(await explainReceipt(anybody, { receipt })).toEqual({ code: "rate_limited", at: expect.any(Date) });
    const [owned = ""] = await restOf(accountId, tokens[0] ?? "", 1);
    expect(await explainReceipt(anybody, { receipt: owned })).toBeNull();
  });
});

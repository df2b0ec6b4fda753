import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import { endpoint } from "#db/schema/provider.ts";
import { usageHour, usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { verifyAudit } from "../audit/verify-audit.ts";
import { closeCase } from "../cases/close-case.ts";
import { getCase } from "../cases/get-case.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { createIntegration } from "../integrations/create-integration.ts";
import { stillTries } from "../search/search-desk.ts";
import { accountWith, onTestDay, probingSignal, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { evidenceSchema } from "./evidence.ts";
import { getHistory } from "./get-history.ts";
import { imposeAction } from "./impose-action.ts";
import { previewImpact } from "./preview-impact.ts";

/** What an agent sees before and after acting, and what the act keeps of it. */

const dayMs = 86_400_000;
let test: TestDatabase;
let lead: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${onTestDay("00:00:00", -3)}, ${testNow})`);
  lead = await staffCtx(test.db, "lead");
});
afterAll(() => test.close());

const facts = { reasonCode: "probing" as const, publicText: "Your token tries paths.", internalNote: "chart" };

/** An account whose token was flagged by these detectors, and its case. */
async function flagged(name: string, detectors: readonly string[]) {
  const { accountId } = await accountWith(test.db, name);
  const signals = detectors.map((detector) => ({ ...probingSignal(accountId), detector }));
  await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId, signals });
  const [found] = await test.db.select({ caseId: flag.caseId }).from(flag).where(eq(flag.accountId, accountId));
  return { accountId, caseId: found?.caseId ?? "" };
}

async function closed(name: string, detectors: readonly string[], closedAt = testNow) {
  const { accountId, caseId } = await flagged(name, detectors);
  await imposeAction(lead, { accountId, caseId, type: "throttle", factor: 0.5, durationHours: 24, ...facts });
  const { version } = await getCase(lead, { caseId });
  await closeCase({ ...lead, now: closedAt }, { caseId, version, outcome: "throttled" });
  return caseId;
}

describe("the impact preview", () => {
  it("counts the last 24 hours by hour for account, surface, token and endpoint, and who is behind them", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Previewed");
    const owner = await memberCtx("owner");
    await memberCtx("viewer");
    await createIntegration(owner, { name: "Shop", purpose: "Sends receipts", contactEmail: "p@example.com" });
    const { tokenId } = await createToken(owner, { name: "cron" });
    const row = { accountId, tokenId, endpointId: 1, surface: "http", outcome: "allowed", requests: 30, spent: 30 };
    await test.db.insert(usageHour).values([
      { ...row, at: onTestDay("12:00:00") },
      { ...row, at: onTestDay("12:00:00"), outcome: "rate_limited", requests: 10, spent: 0 },
      { ...row, at: onTestDay("13:00:00", -1), surface: "smtp", endpointId: 2, requests: 5 },
      // The hour before the first of the 24.
      { ...row, at: onTestDay("12:00:00", -1), requests: 999 },
    ]);
    const { reaches, ...behind } = await previewImpact(lead, { accountId });
    expect(behind).toMatchObject({ members: 2, integrations: 1, tokens: [{ id: tokenId, name: "cron" }] });
    expect(behind.lastSignInAt).not.toBeNull();
    const whole = reaches.find((one) => one.key === "account");
    expect(whole).toMatchObject({ requests: 45, cleanShare: 35 / 45 });
    expect([whole?.hours[0], whole?.hours[23], whole?.hours.length]).toEqual([5, 40, 24]);
    const requests = Object.fromEntries(reaches.map((one) => [one.key, one.requests]));
    expect(requests).toEqual({
      ...{ account: 45, "surface:http": 40, "surface:smtp": 5 },
      ...{ [`token:${tokenId}`]: 45, "endpoint:1": 40, "endpoint:2": 5 },
    });
  });
});

describe("similar cases", () => {
  it("are the ten closed in twelve months that share most detectors, with outcome and measure", async () => {
    const one = await flagged("Asked", ["probing", "retry_storm"]);
    const both = await closed("Both", ["probing", "retry_storm"]);
    const unlike = await closed("Unlike", ["quota_burn"]);
    const old = await closed("Old", ["probing", "retry_storm"], new Date(testNow.getTime() - 366 * dayMs));
    const open = await flagged("Open", ["probing", "retry_storm"]);
    for (let i = 0; i < 10; i += 1) await closed(`Some ${i}`, ["probing"]);
    const { similar } = await getHistory(lead, one);
    expect(similar).toHaveLength(10);
    expect(similar[0]).toMatchObject({
      id: both,
      shared: 2,
      outcome: "throttled",
      taken: { type: "throttle", hours: 24 },
    });
    expect(similar.slice(1).every(({ shared }) => shared === 1)).toBe(true);
    const ids = similar.map(({ id }) => id);
    for (const other of [unlike, old, open.caseId, one.caseId]) expect(ids).not.toContain(other);
  });
});

it("what a suspended account still tries is counted by hour, for what staff refused alone", async () => {
  const { accountId, memberCtx } = await accountWith(test.db, "Trying");
  const { tokenId } = await createToken(await memberCtx("owner"), { name: "cron" });
  const row = { accountId, tokenId, endpointId: 1, surface: "http", spent: 0, at: onTestDay("12:00:00") };
  await test.db.insert(usageHour).values([
    { ...row, outcome: "account_suspended", requests: 7 },
    { ...row, outcome: "account_suspended", requests: 3, at: onTestDay("10:00:00") },
    { ...row, outcome: "rate_limited", requests: 50 },
    { ...row, outcome: "account_suspended", requests: 99, at: onTestDay("12:00:00", -1) },
  ]);
  const { hours, total } = await stillTries(lead, { accountId });
  expect([total, hours[21], hours[23]]).toEqual([10, 3, 7]);
});

it("the evidence of an action keeps counts, versions and limits when the traffic is gone and the limits are others", async () => {
  const { accountId, caseId } = await flagged("Kept", ["probing"]);
  const { memberCtx } = await accountWith(test.db, "Other");
  const { tokenId } = await createToken(await memberCtx("owner"), { name: "cron" });
  const minute = { accountId, tokenId, endpointId: 1, surface: "http", spent: 0, at: onTestDay("12:05:00") };
  await test.db.insert(usageMinute).values([
    { ...minute, outcome: "allowed", requests: 60 },
    { ...minute, outcome: "forbidden", requests: 40 },
  ]);
  const [limited] = await test.db.select({ name: endpoint.name, limit: endpoint.rateLimit }).from(endpoint).limit(1);
  const { actionId } = await imposeAction(lead, { accountId, caseId, type: "suspension", durationHours: 24, ...facts });

  await test.db.delete(usageMinute).where(eq(usageMinute.accountId, accountId));
  await test.db.update(endpoint).set({ rateLimit: 1 });
  await test.db.update(flag).set({ detectorVersion: 9 }).where(eq(flag.accountId, accountId));
  const [stored] = await test.db.select({ evidence: action.evidence }).from(action).where(eq(action.id, actionId));
  const evidence = evidenceSchema.parse(stored?.evidence);
  expect(evidence).toMatchObject({
    totals: { allowed: 60, refused: 40 },
    codes: { allowed: 60, forbidden: 40 },
    flags: [{ detector: "probing", detectorVersion: 1 }],
    policy: { number: 1 },
  });
  expect(evidence.limits.endpoints.find((one) => one.name === limited?.name)?.limit).toBe(limited?.limit);
  expect(evidence.limits.plan).toBe("Starter");
  expect(await verifyAudit(test.db)).toMatchObject({ brokenAt: null });
});

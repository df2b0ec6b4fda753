import { and, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alert } from "#db/schema/alerts.ts";
import { auditEvent, outboxEvent } from "#db/schema/audit.ts";
import { limitRequest } from "#db/schema/limit-requests.ts";
import { mail } from "#db/schema/mail.ts";
import { override } from "#db/schema/provider.ts";
import { usageDay, usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { addOverride, endOverride } from "../accounts/override-limit.ts";
import { listAlerts } from "../alerts/list-alerts.ts";
import { cancelLoad, listLoads } from "../detection/announce-load.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { limitsInForce } from "../usage/limits-in-force.ts";
import { askForLimit } from "./ask-for-limit.ts";
import { declineLimitRequest } from "./decline-request.ts";
import { grantLimitRequest } from "./grant-request.ts";
import { listAllLimitRequests, listLimitRequests } from "./list-requests.ts";
import { tellEndings } from "./tell-ending.ts";
import { withdrawLimitRequest } from "./withdraw-request.ts";

let test: TestDatabase;
let lee: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  await test.sql`select ensure_usage_partitions(${new Date(testNow.getTime() - 31 * day)}::timestamptz, ${testNow}::timestamptz)`;
  lee = await staffCtx(test.db, "lead", "Lee");
});
afterAll(() => test.close());

const hour = 3_600_000;
const day = 24 * hour;
const fromNow = (ms: number) => new Date(testNow.getTime() + ms);
const later = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: fromNow(ms) });
const reason = "Import of last year's invoices.";

/** The Starter plan: a quota, and a rate limit on endpoint 1. */
async function asking(name: string) {
  const { accountId, memberCtx } = await accountWith(test.db, name);
  const owner = await memberCtx("owner");
  const limits = await limitsInForce(owner, accountId);
  const endpoint = limits.endpoints.find((one) => one.limit !== null);
  if (!endpoint || limits.quotaPerDay === null) throw new Error("The plan has no limits.");
  return {
    accountId,
    owner,
    memberCtx,
    quota: limits.quotaPerDay,
    endpoint: { ...endpoint, limit: endpoint.limit ?? 0 },
  };
}

const quotaNow = async (ctx: Ctx, accountId: string) => (await limitsInForce(ctx, accountId)).quotaPerDay;

async function mailsTo(accountId: string) {
  return test.db.select().from(mail).where(eq(mail.accountId, accountId)).orderBy(desc(mail.createdAt));
}

describe("a larger limit that an owner asks for", () => {
  it("changes nothing by itself, and is granted as asked by one click until a date, with mail, audit and webhook", async () => {
    const { accountId, owner, quota } = await asking("Grants Ltd");
    const { requestId } = await askForLimit(owner, { kind: "quota", value: quota * 3, reason });
    expect(await quotaNow(owner, accountId)).toBe(quota);
    const [waiting] = (await listAllLimitRequests(lee, {})).filter((one) => one.id === requestId);
    expect(waiting).toMatchObject({ accountName: "Grants Ltd", value: quota * 3, valueBefore: quota, reason });
    const granted = await grantLimitRequest(lee, { requestId });
    expect(granted).toMatchObject({ value: quota * 3, endsAt: fromNow(90 * day), loadId: null });
    expect(await quotaNow(owner, accountId)).toBe(quota * 3);
    expect(await quotaNow(later(owner, 90 * day), accountId)).toBe(quota);
    expect(await listLimitRequests(owner, {})).toMatchObject([
      { id: requestId, state: "granted", grantedValue: quota * 3, grantedUntil: fromNow(90 * day) },
    ]);
    const [sent] = await mailsTo(accountId);
    expect(sent).toMatchObject({ subject: expect.stringContaining("Granted") });
    expect(sent?.textBody).toContain("raised the daily quota");
    const acts = await test.db
      .select({ action: auditEvent.action })
      .from(auditEvent)
      .where(eq(auditEvent.accountId, accountId));
    expect(acts.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["limit.ask", "override.add", "limit.grant"]),
    );
    const events = await test.db
      .select({ type: outboxEvent.type })
      .from(outboxEvent)
      .where(eq(outboxEvent.accountId, accountId));
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["limit_request.opened", "limit_request.granted"]),
    );
    await expect(grantLimitRequest(lee, { requestId })).rejects.toMatchObject({ code: "conflict" });
  });

  it("is granted with another number, another time and words, which the owner reads", async () => {
    const { accountId, owner, endpoint } = await asking("Partly Ltd");
    const ask = { kind: "rate_limit" as const, endpointId: endpoint.id, value: endpoint.limit * 10, reason };
    const { requestId } = await askForLimit(owner, ask);
    const answer = "Twice as much for a month; please use bulk for the rest.";
    await grantLimitRequest(lee, { requestId, value: endpoint.limit * 2, days: "30", answer });
    const inForce = await limitsInForce(owner, accountId);
    expect(inForce.endpoints.find(({ id }) => id === endpoint.id)?.limit).toBe(endpoint.limit * 2);
    expect(await listLimitRequests(owner, {})).toMatchObject([{ answer, grantedUntil: fromNow(30 * day) }]);
    const [sent] = await mailsTo(accountId);
    expect(sent?.textBody).toContain(answer);
  });

  it("is declined with words, which the owner reads and is mailed, and may be asked for again", async () => {
    const { accountId, owner, quota } = await asking("Declines Ltd");
    const { requestId } = await askForLimit(owner, { kind: "quota", value: quota + 1, reason });
    await expect(declineLimitRequest(lee, { requestId, answer: "No." })).rejects.toMatchObject({ code: "invalid" });
    const answer = "Send in bulk first: it needs a tenth of the requests.";
    await declineLimitRequest(lee, { requestId, answer });
    expect(await quotaNow(owner, accountId)).toBe(quota);
    expect(await listLimitRequests(owner, {})).toMatchObject([{ state: "declined", answer, grantedValue: null }]);
    expect((await mailsTo(accountId))[0]?.textBody).toContain(answer);
    await askForLimit(owner, { kind: "quota", value: quota + 1, reason });
  });

  it("is asked for once at a time for each limit, also by two at once, and ten times a day", async () => {
    const { accountId, owner, memberCtx, quota, endpoint } = await asking("Bounded Ltd");
    const developer = await memberCtx("developer");
    const ask = { kind: "quota" as const, value: quota + 1, reason };
    const both = await Promise.allSettled([askForLimit(owner, ask), askForLimit(developer, ask)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await askForLimit(owner, { kind: "rate_limit", endpointId: endpoint.id, value: endpoint.limit + 1, reason });
    const open = await listLimitRequests(owner, {});
    expect(open).toHaveLength(2);
    for (const { id } of open) await withdrawLimitRequest(owner, { requestId: id });
    for (let i = 2; i < 10; i += 1) {
      const { requestId } = await askForLimit(owner, ask);
      await withdrawLimitRequest(owner, { requestId });
    }
    await expect(askForLimit(owner, ask)).rejects.toMatchObject({ message: expect.stringContaining("10 times") });
    await askForLimit(later(owner, day + 1), ask);
    expect(await test.db.$count(limitRequest, eq(limitRequest.accountId, accountId))).toBe(11);
  });

  it("must be more than what holds then, without a throttle, and end in time", async () => {
    const { accountId, owner, quota, endpoint } = await asking("Refused Ltd");
    const refused = (input: Partial<Parameters<typeof askForLimit>[1]>) =>
      expect(askForLimit(owner, { kind: "quota", value: quota + 1, reason, ...input } as never)).rejects;
    await refused({ value: quota }).toMatchObject({ fields: { value: expect.stringContaining("more than you have") } });
    await refused({ kind: "rate_limit" }).toMatchObject({ fields: { endpointId: expect.any(String) } });
    await refused({ kind: "rate_limit", endpointId: 999_999 }).toMatchObject({ code: "not_found" });
    await refused({ startsAt: fromNow(61 * day) }).toMatchObject({ fields: { startsAt: expect.any(String) } });
    await refused({ startsAt: fromNow(hour), endsAt: fromNow(hour) }).toMatchObject({
      fields: { endsAt: expect.any(String) },
    });
    await refused({ endsAt: fromNow(32 * day) }).toMatchObject({ fields: { endsAt: expect.any(String) } });
    await refused({ endsAt: fromNow(-hour) }).toMatchObject({ fields: { endsAt: expect.any(String) } });
    await imposeAction(lee, {
      ...{ accountId, type: "throttle", factor: 0.1, durationHours: 24, reasonCode: "rate_excess" },
      ...{ publicText: "Your client ignores its limit.", internalNote: "see chart" },
    });
    const asRateLimit = { kind: "rate_limit" as const, endpointId: endpoint.id };
    await refused({ ...asRateLimit, value: endpoint.limit }).toMatchObject({ fields: { value: expect.any(String) } });
  });

  it("comes with what speaks for and against it", async () => {
    const { accountId, owner, quota, endpoint } = await asking("Needs Ltd");
    const at = (ms: number, grain: number) => new Date(Math.floor((testNow.getTime() - ms) / grain) * grain);
    const counts = { accountId, tokenId: crypto.randomUUID(), endpointId: endpoint.id, surface: "http" };
    await test.db.insert(usageDay).values([
      { ...counts, at: at(3 * day, day), outcome: "allowed", requests: 900, spent: 900 },
      { ...counts, at: at(3 * day, day), outcome: "quota_exceeded", requests: 70, spent: 0 },
      { ...counts, at: at(2 * day, day), outcome: "quota_exceeded", requests: 30, spent: 0 },
      { ...counts, at: at(2 * day, day), outcome: "rate_limited", requests: 5, spent: 0 },
      { ...counts, at: at(0, day), outcome: "allowed", requests: 12, spent: 12 },
    ]);
    await test.db.insert(usageMinute).values([
      { ...counts, at: at(day, 60_000), outcome: "allowed", requests: 40, spent: 40 },
      { ...counts, at: at(day, 60_000), outcome: "rate_limited", requests: 25, spent: 0 },
      { ...counts, at: at(day + hour, 60_000), outcome: "allowed", requests: 60, spent: 60 },
    ]);
    await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId, signals: [probingSignal(accountId)] });
    await askForLimit(owner, { kind: "quota", value: quota * 2, reason });
    await askForLimit(owner, { kind: "rate_limit", endpointId: endpoint.id, value: endpoint.limit * 2, reason });
    const found = (await listAllLimitRequests(lee, {})).filter((one) => one.accountId === accountId);
    const shared = { standing: "good", openCaseId: expect.any(String), usedToday: 12 };
    expect(found.find(({ kind }) => kind === "quota")?.need).toMatchObject({
      ...{ ...shared, refused30Days: 100, refusingDays: 2, peak: { requests: 900 } },
    });
    expect(found.find(({ kind }) => kind === "rate_limit")?.need).toMatchObject({
      ...{ ...shared, refused30Days: 5, refusingDays: 1, peak: { requests: 65 } },
    });
  });
});

describe("a burst window", () => {
  it("up to 72 hours is an exception and an announced load at once, and nothing before or after it", async () => {
    const { accountId, owner, quota } = await asking("Burst Ltd");
    const window = { startsAt: fromNow(10 * hour), endsAt: fromNow(14 * hour) };
    const { requestId } = await askForLimit(owner, { kind: "quota", value: quota * 8, reason, ...window });
    expect(await listLoads(owner, {})).toEqual([]);
    await grantLimitRequest(lee, { requestId });
    const during = [9, 10, 13.9, 14].map((hours) => quotaNow(later(owner, hours * hour), accountId));
    expect(await Promise.all(during)).toEqual([quota, quota * 8, quota * 8, quota]);
    const [load] = await listLoads(owner, {});
    expect(load).toMatchObject({ ...window, reason });
    // The same row as one that a member announced: they can take it back, and keep the larger limit.
    await cancelLoad(owner, { loadId: load?.id ?? "" });
    expect(await quotaNow(later(owner, 11 * hour), accountId)).toBe(quota * 8);
  });

  it("of a week is an exception only", async () => {
    const { owner, quota } = await asking("Long Burst Ltd");
    const { requestId } = await askForLimit(owner, {
      kind: "quota",
      value: quota * 2,
      reason,
      endsAt: fromNow(7 * day),
    });
    expect(await grantLimitRequest(lee, { requestId })).toMatchObject({ loadId: null, endsAt: fromNow(7 * day) });
    expect(await listLoads(owner, {})).toEqual([]);
  });

  it("that is over is not granted, unless for a later end", async () => {
    const { owner, quota } = await asking("Over Ltd");
    const { requestId } = await askForLimit(owner, { kind: "quota", value: quota * 2, reason, endsAt: fromNow(hour) });
    const late = later(lee, 2 * hour);
    await expect(grantLimitRequest(late, { requestId })).rejects.toMatchObject({ code: "conflict" });
    expect(await grantLimitRequest(late, { requestId, endsAt: fromNow(5 * hour) })).toMatchObject({
      ...{ startsAt: fromNow(2 * hour), endsAt: fromNow(5 * hour) },
    });
  });
});

describe("an exception that ends", () => {
  const failed = (error: unknown) => {
    throw error;
  };
  const tell = (ms: number) => tellEndings(test.db, fromNow(ms), failed);
  const endings = (accountId: string) =>
    test.db
      .select()
      .from(alert)
      .where(and(eq(alert.accountId, accountId), eq(alert.kind, "exception_ending")));

  it("is told once, a week before, with what holds from then on; and a short one a quarter of its time before", async () => {
    const { accountId, owner, quota } = await asking("Ending Ltd");
    await addOverride(lee, { accountId, kind: "quota", value: quota * 2, endsAt: fromNow(60 * day), reason });
    await tell(52 * day);
    expect(await endings(accountId)).toEqual([]);
    await tell(53 * day + 1);
    await tell(54 * day);
    const told = await endings(accountId);
    expect(told).toHaveLength(1);
    expect(told[0]?.body).toContain("ask before it ends");
    expect((await listAlerts(owner, {})).some((one) => one.kind === "exception_ending")).toBe(true);
    expect((await mailsTo(accountId))[0]?.subject).toContain("Ends soon");

    const short = await asking("Short Ending Ltd");
    await addOverride(lee, {
      ...{ accountId: short.accountId, kind: "quota", value: short.quota * 2, endsAt: fromNow(4 * hour), reason },
    });
    await tell(2.9 * hour);
    expect(await endings(short.accountId)).toEqual([]);
    await tell(3.1 * hour);
    expect(await endings(short.accountId)).toHaveLength(1);
  });

  it("is not told where another one follows that is no less, or it was ended already", async () => {
    const { accountId, quota } = await asking("Followed Ltd");
    const first = { accountId, kind: "quota" as const, value: quota * 2, endsAt: fromNow(4 * hour), reason };
    await addOverride(lee, first);
    await addOverride(lee, { ...first, startsAt: fromNow(3 * hour), endsAt: fromNow(90 * day) });
    await tell(3.5 * hour);
    expect(await endings(accountId)).toEqual([]);
    const ended = await asking("Ended Ltd");
    const { overrideId } = await addOverride(lee, { ...first, accountId: ended.accountId });
    await endOverride(later(lee, hour), { overrideId });
    await tell(3.5 * hour);
    expect(await endings(ended.accountId)).toEqual([]);
    expect(await test.db.$count(override, eq(override.accountId, ended.accountId))).toBe(1);
  });
});

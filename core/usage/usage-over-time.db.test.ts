import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account } from "#db/schema/accounts.ts";
import { limitFact } from "#db/schema/limit-history.ts";
import { endpoint, override, plan } from "#db/schema/provider.ts";
import { usageDay, usageHour } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { accountWith, onTestDay, testNow } from "../testing.ts";
import { getLimitHistory } from "./get-limit-history.ts";
import { getQuota } from "./get-quota.ts";
import { getUsageSeries } from "./get-usage-series.ts";

const dayMs = 86_400_000;
const today = onTestDay("00:00:00").getTime();
const daysAgo = (days: number) => new Date(today - days * dayMs);

let test: TestDatabase;
let owner: Ctx;
let stranger: Ctx;
let accountId: string;

beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${daysAgo(800)}, ${testNow})`);
  const made = await accountWith(test.db, "Northwind Mail", "Hobby");
  ({ accountId } = made);
  owner = await made.memberCtx("viewer");
  stranger = await (await accountWith(test.db, "Stranger")).memberCtx("owner");
});
afterAll(() => test.close());

const row = { tokenId: crypto.randomUUID(), endpointId: 1, surface: "http" };

describe("limits as they were", () => {
  it("are recorded whoever changes them: a plan's quota, an account's plan, an endpoint's limit", async () => {
    const [made] = await test.db.insert(plan).values({ name: "Special", quotaPerDay: 700 }).returning({ id: plan.id });
    if (!made) throw new Error("no plan");
    await test.db.update(plan).set({ quotaPerDay: 900 }).where(eq(plan.id, made.id));
    await test.db.update(plan).set({ quotaPerDay: 900 }).where(eq(plan.id, made.id));
    await test.db.update(account).set({ planId: made.id }).where(eq(account.id, accountId));
    await test.db.update(endpoint).set({ rateLimit: 99 }).where(eq(endpoint.id, 2));
    const facts = await test.db
      .select({ kind: limitFact.kind, value: limitFact.value, fromAt: limitFact.fromAt, planId: limitFact.planId })
      .from(limitFact)
      .orderBy(limitFact.id);
    const ofPlan = facts.filter((fact) => fact.kind === "plan_quota" && fact.planId === made.id);
    expect(ofPlan.map((fact) => fact.value)).toEqual([700, 900]);
    expect(ofPlan[0]?.fromAt.getTime()).toBe(0);
    const plans = facts.filter((fact) => fact.kind === "account_plan" && fact.fromAt.getTime() > 0);
    expect(plans.map((fact) => fact.planId)).toEqual([made.id]);
    expect(facts.filter((fact) => fact.kind === "endpoint_rate" && fact.fromAt.getTime() > 0)).toMatchObject([
      { value: 99 },
    ]);
  });

  it("are laid out by the day they held: a limit changed yesterday leaves the days before with theirs", async () => {
    const other = await accountWith(test.db, "Raised yesterday", "Hobby");
    const viewer = await other.memberCtx("viewer");
    await test.db.insert(override).values([
      { accountId: other.accountId, kind: "quota", value: 5_000, startsAt: daysAgo(1), reason: "raised" },
      {
        accountId: other.accountId,
        kind: "rate_limit",
        endpointId: 1,
        value: 600,
        startsAt: daysAgo(10),
        endsAt: daysAgo(5),
        reason: "a burst",
      },
    ]);
    const { quota, rate } = await getLimitHistory(viewer, { range: "30d", endpointId: 1 });
    expect(quota.map(({ value, fromMs }) => ({ value, fromMs }))).toEqual([
      { value: 1_000, fromMs: quota[0]?.fromMs },
      { value: 5_000, fromMs: daysAgo(1).getTime() },
    ]);
    expect(rate?.map(({ value }) => value)).toEqual([120, 600, 120]);
    expect(rate?.[1]).toMatchObject({ fromMs: daysAgo(10).getTime(), untilMs: daysAgo(5).getTime() });
    expect((await getLimitHistory(stranger, { range: "30d" })).quota.map(({ value }) => value)).toEqual([100_000]);
  });

  it("follow a change of the plan from its moment on", async () => {
    const moved = await accountWith(test.db, "Moved", "Trial");
    const viewer = await moved.memberCtx("viewer");
    const [to] = await test.db.select({ id: plan.id }).from(plan).where(eq(plan.name, "Starter"));
    const at = daysAgo(3);
    await test.db
      .insert(limitFact)
      .values({ kind: "account_plan", accountId: moved.accountId, planId: to?.id ?? 0, fromAt: at });
    const { quota } = await getLimitHistory(viewer, { range: "7d" });
    expect(quota.map(({ value }) => value)).toEqual([100, 100_000]);
    expect(quota[1]?.fromMs).toBe(at.getTime());
  });
});

describe("usage over time", () => {
  it("reaches 13 months back by the day, and compares with the period before, to the unit", async () => {
    await test.db.insert(usageDay).values([
      { ...row, accountId, at: daysAgo(395), outcome: "allowed", requests: 7, spent: 7 },
      { ...row, accountId, at: daysAgo(396), outcome: "allowed", requests: 1_000, spent: 1_000 },
      { ...row, accountId, at: daysAgo(100), outcome: "rate_limited", requests: 40, spent: 0 },
      { ...row, accountId, at: daysAgo(20), outcome: "allowed", requests: 30, spent: 30 },
    ]);
    const long = await getUsageSeries(owner, { range: "13m" });
    expect(long.points).toHaveLength(396);
    expect(long.points[0]).toEqual({ atMs: daysAgo(395).getTime(), values: { allowed: 7 } });
    expect(long.keys).toEqual([
      { key: "refused", label: "refused", requests: 40, requestsBefore: null },
      { key: "allowed", label: "allowed", requests: 37, requestsBefore: null },
    ]);
    const compared = await getUsageSeries(owner, { range: "90d", compare: true });
    expect(compared.keys).toEqual([
      { key: "allowed", label: "allowed", requests: 30, requestsBefore: 0 },
      { key: "refused", label: "refused", requests: 0, requestsBefore: 40 },
    ]);
    expect(compared.before).toHaveLength(90);
    expect(compared.before?.[79]).toBe(40);
    expect((await getUsageSeries(owner, { range: "live", compare: true })).before).toBeNull();
  });

  it("expects of the rest of the day what the same weekday did, and of nobody else's", async () => {
    const hour = (day: number, at: number, spent: number, outcome = "allowed") => ({
      ...row,
      accountId,
      at: new Date(daysAgo(day).getTime() + at * 3_600_000),
      outcome,
      requests: spent,
      spent: outcome === "allowed" ? spent : 0,
    });
    // Hobby became Special: 900 a day. The two Tuesdays before spent 400 and 200 at 20:00.
    await test.db
      .insert(usageHour)
      .values([hour(7, 20, 400), hour(14, 20, 200), hour(7, 21, 999, "rate_limited"), hour(8, 13, 5_000)]);
    expect((await getQuota(owner, {})).forecast).toEqual({
      kind: "lasts",
      expected: { low: 300, high: 300 },
      basis: "last_hour_and_weekday",
    });
    expect((await getQuota(stranger, {})).forecast).toEqual({ kind: "no_use" });
  });
});

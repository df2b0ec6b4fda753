import { and, eq, gte, isNull, lt, lte, or, sql } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import { outcome } from "#db/schema/gates.ts";
import { integration } from "#db/schema/integrations.ts";
import { usageHour, usageMinute } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { notFound } from "../frame/errors.ts";
import { inSnapshot } from "../frame/in-snapshot.ts";
import type { AccountHistory } from "../rules/detectors/detector.ts";
import { policyPatienceMs } from "../rules/privacy-policy.ts";
import { dayMs, hourMs } from "../rules/time.ts";
import { limitsInForce } from "../usage/limits-in-force.ts";
import { countedFromMs } from "./counted-from.ts";

const fewestInCohort = 5;

/**
 * The last days and weeks of one account as detectors see them. What would be an offence counts from its owner's last fix, or from
 * `sinceMs`, so that none is punished twice; what it is compared with goes back further.
 */
export function readHistory(ctx: Ctx, accountId: string, sinceMs = 0): Promise<AccountHistory> {
  return inSnapshot(ctx, (inner) => read(inner, accountId, sinceMs));
}

async function read(ctx: Ctx, accountId: string, sinceMs: number): Promise<AccountHistory> {
  const nowMs = ctx.now.getTime();
  const [found] = await ctx.db
    .select({ createdAt: account.createdAt, planId: account.planId })
    .from(account)
    .where(eq(account.id, accountId));
  if (!found) throw notFound("account");
  const hours = await ctx.db
    .select({ at: usageHour.at, requests: sql<number>`sum(${usageHour.requests})::float8` })
    .from(usageHour)
    .where(and(eq(usageHour.accountId, accountId), gte(usageHour.at, new Date(nowMs - 28 * dayMs - 2 * hourMs))))
    .groupBy(usageHour.at);
  const todayMs = Math.floor(nowMs / dayMs) * dayMs;
  const countedMs = Math.max(sinceMs, await countedFromMs(ctx, accountId));
  const fromMs = Math.max(todayMs, countedMs);
  return {
    nowMs,
    accountId,
    countedFromMs: countedMs,
    decidedFromMs: sinceMs,
    createdAtMs: found.createdAt.getTime(),
    hours: hours.map(({ at, requests }) => ({ atMs: at.getTime(), requests })),
    requestsToday: hours.reduce((sum, one) => sum + (one.at.getTime() >= fromMs ? one.requests : 0), 0),
    quota: await quotaOf(ctx, accountId, new Date(todayMs), { countedMs, decidedMs: sinceMs }),
    networks: await networksOf(ctx, accountId),
    usedTokens: await usedTokens(ctx, accountId, countedMs),
    cohortP95: await cohortP95(ctx, found.planId, new Date(todayMs)),
    reported: await reported(ctx, accountId, countedMs),
    withoutPolicy: await ctx.db
      .select({ id: integration.id, name: integration.name, problem: integration.policyProblem })
      .from(integration)
      .where(
        and(
          eq(integration.accountId, accountId),
          isNull(integration.archivedAt),
          or(
            isNull(integration.privacyPolicyUrl),
            lte(integration.policyFailingSince, new Date(nowMs - policyPatienceMs)),
          ),
          sql`cardinality(${integration.dataCollected}) > 0`,
        ),
      ),
  };
}

async function quotaOf(
  ctx: Ctx,
  accountId: string,
  today: Date,
  { countedMs, decidedMs }: { countedMs: number; decidedMs: number },
): Promise<AccountHistory["quota"]> {
  const from = new Date(Math.max(today.getTime(), countedMs));
  const { quotaPerDay } = await limitsInForce(ctx, accountId);
  const [day] = await ctx.db.execute<{ spent: number; refused: number }>(sql`
    select coalesce(sum(spent), 0)::float8 as spent,
      coalesce(sum(requests) filter (where outcome = 'quota_exceeded'), 0)::float8 as refused
    from usage_day where account_id = ${accountId} and at = ${today}`);
  const spentToday = Number(day?.spent ?? 0);
  const refusedToday = Number(day?.refused ?? 0);
  // A token's own cap is refused with the same code; only the account's quota is meant here.
  const isExhausted = quotaPerDay !== null && refusedToday > 0 && spentToday >= 0.95 * quotaPerDay;
  const [over] = isExhausted
    ? await ctx.db
        .select({
          firstAt: sql<Date | null>`min(${usageMinute.at})`,
          counted: sql<number>`coalesce(sum(${usageMinute.requests}) filter (where ${usageMinute.at} >= ${from}), 0)::float8`,
        })
        .from(usageMinute)
        .where(
          and(
            eq(usageMinute.accountId, accountId),
            gte(usageMinute.at, today),
            eq(usageMinute.outcome, "quota_exceeded"),
          ),
        )
    : [];
  const exhaustedAt = over?.firstAt ? new Date(over.firstAt) : null;
  const weekFrom = new Date(Math.max(today.getTime() - 6 * dayMs, Math.floor(decidedMs / dayMs) * dayMs));
  const [past] = await ctx.db.execute<{ days: number }>(sql`
    select count(distinct at)::int as days from usage_day
    where account_id = ${accountId} and at >= ${weekFrom} and outcome = 'quota_exceeded'
      and ${quotaPerDay !== null}`);
  return {
    limit: quotaPerDay,
    spentToday,
    refusedToday: from > today ? (over?.counted ?? 0) : isExhausted ? refusedToday : 0,
    exhaustedDays: isExhausted ? Number(past?.days ?? 0) : 0,
    exhaustedAtMs: exhaustedAt && exhaustedAt >= from ? exhaustedAt.getTime() : null,
  };
}

async function networksOf(ctx: Ctx, accountId: string): Promise<AccountHistory["networks"]> {
  const rows = await ctx.db.execute<{ tokenId: string; day: string; networks: number }>(sql`
    select token_id as "tokenId", day::text as day, count(*)::int as networks from network_day
    where account_id = ${accountId} and day >= (${ctx.now}::timestamptz at time zone 'UTC')::date - 28
    group by token_id, day`);
  return [...rows];
}

/** The day is the one in which the last hour began, so that a token that wakes just before midnight was idle until then. */
async function usedTokens(ctx: Ctx, accountId: string, countedMs: number): Promise<AccountHistory["usedTokens"]> {
  const hourAgo = new Date(ctx.now.getTime() - hourMs);
  const from = new Date(Math.max(hourAgo.getTime(), countedMs));
  const today = new Date(Math.floor(hourAgo.getTime() / dayMs) * dayMs);
  const rows = await ctx.db.execute<{ id: string; createdAt: Date; lastDay: Date | null; requests: number }>(sql`
    select t.id, t.created_at as "createdAt",
      (select max(d.at) from usage_day d where d.account_id = ${accountId} and d.token_id = t.id and d.at < ${today}) as "lastDay",
      (select coalesce(sum(m.requests), 0)::float8 from usage_minute m
        where m.account_id = ${accountId} and m.token_id = t.id and m.at >= ${from}) as requests
    from token t where t.account_id = ${accountId} and t.created_at < ${new Date(today.getTime() - 30 * dayMs)}
      and exists (select 1 from usage_day d where d.account_id = ${accountId} and d.token_id = t.id and d.at >= ${today})`);
  return [...rows].map((row) => ({
    id: row.id,
    createdAtMs: new Date(row.createdAt).getTime(),
    lastDayMs: row.lastDay === null ? null : new Date(row.lastDay).getTime(),
    requestsLastHour: Number(row.requests),
  }));
}

/** Of yesterday, over accounts on the plan that are older than 30 days; null of fewer than five. */
async function cohortP95(ctx: Ctx, planId: number, today: Date): Promise<number | null> {
  const [row] = await ctx.db.execute<{ accounts: number; p95: number | null }>(sql`
    select count(*)::int as accounts, percentile_cont(0.95) within group (order by requests)::float8 as p95 from (
      select d.account_id, sum(d.requests) as requests from usage_day d join account a on a.id = d.account_id
      where d.at = ${new Date(today.getTime() - dayMs)} and a.plan_id = ${planId}
        and a.created_at < ${new Date(today.getTime() - 30 * dayMs)}
      group by d.account_id) per_account`);
  return row && row.accounts >= fewestInCohort ? Number(row.p95) : null;
}

async function reported(ctx: Ctx, accountId: string, countedMs: number): Promise<AccountHistory["reported"]> {
  const nowMs = ctx.now.getTime();
  const from = new Date(Math.max(nowMs - 7 * dayMs, countedMs));
  const hour = sql`${outcome.at} >= ${new Date(nowMs - hourMs)} and ${outcome.kind} = 'status'`;
  const [row] = await ctx.db
    .select({
      statusesLastHour: sql<number>`count(*) filter (where ${hour})::int`,
      clientErrorsLastHour: sql<number>`count(*) filter (where ${hour} and ${outcome.status} between 400 and 499 and ${outcome.status} <> 429)::int`,
      bounces: sql<number>`count(*) filter (where ${outcome.kind} = 'bounce')::int`,
      complaints: sql<number>`count(*) filter (where ${outcome.kind} = 'complaint')::int`,
    })
    .from(outcome)
    .where(and(eq(outcome.accountId, accountId), gte(outcome.at, from), lt(outcome.at, new Date(nowMs + hourMs))));
  const counts = row ?? { statusesLastHour: 0, clientErrorsLastHour: 0, bounces: 0, complaints: 0 };
  if (counts.bounces + counts.complaints === 0) return { ...counts, recipients: 0 };
  return { ...counts, recipients: await recipientsOf(ctx, accountId, from) };
}

/** What the calls told, and of those that told nothing what their endpoint says; calls that send nothing are no recipients. */
async function recipientsOf(ctx: Ctx, accountId: string, from: Date): Promise<number> {
  const hour = sql`date_trunc('hour', ${from}::timestamptz)`;
  const [row] = await ctx.db.execute<{ recipients: number }>(sql`
    select (coalesce((select sum(h.requests * e.recipients_per_call) from usage_hour h join endpoint e on e.id = h.endpoint_id
        where h.account_id = ${accountId} and h.at >= ${hour} and h.outcome = 'allowed'), 0)
      + coalesce((select sum(r.recipients - r.calls * coalesce(e.recipients_per_call, 0)) from recipient_hour r
        left join endpoint e on e.id = r.endpoint_id where r.account_id = ${accountId} and r.at >= ${hour}), 0))::float8 as recipients`);
  return Number(row?.recipients ?? 0);
}

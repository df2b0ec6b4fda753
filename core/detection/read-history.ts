import { and, eq, gte, isNull, lt, lte, notInArray, or, sql } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import { outcome } from "#db/schema/gates.ts";
import { integration } from "#db/schema/integrations.ts";
import { usageHour, usageMinute } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { notFound } from "../frame/errors.ts";
import { inSnapshot } from "../frame/in-snapshot.ts";
import { ordinaryErrors } from "../rules/detectors/broken-client.ts";
import type { AccountHistory } from "../rules/detectors/detector.ts";
import { policyPatienceMs } from "../rules/privacy-policy.ts";
import { dayMs, hourMs, minuteMs } from "../rules/time.ts";
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
  const hours = await readHours(ctx, accountId);
  const todayMs = Math.floor(nowMs / dayMs) * dayMs;
  const countedMs = Math.max(sinceMs, await countedFromMs(ctx, accountId));
  const fromMs = Math.max(todayMs, countedMs);
  return {
    nowMs,
    accountId,
    countedFromMs: countedMs,
    decidedFromMs: sinceMs,
    createdAtMs: found.createdAt.getTime(),
    hours: hours.map(({ at, ...one }) => ({ ...one, atMs: at.getTime() })),
    knownShare: await knownShare(ctx, accountId),
    hasOlderSister: await hasOlderSister(ctx, accountId),
    requestsToday: hours.reduce(
      (sum, { at, requests }) => sum + (at.getTime() >= fromMs && at <= ctx.now ? requests : 0),
      0,
    ),
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

/** Requests of an account by the hour, as far back as a spike is compared with. */
export function readHours(ctx: Ctx, accountId: string) {
  return ctx.db
    .select({
      at: usageHour.at,
      requests: sql<number>`sum(${usageHour.requests})::float8`,
    })
    .from(usageHour)
    .where(and(eq(usageHour.accountId, accountId), lookedBackTo(ctx.now.getTime())))
    .groupBy(usageHour.at);
}

/** Four weeks, and the days around one and two months ago. */
function lookedBackTo(nowMs: number) {
  const between = (fromDays: number, toDays: number) =>
    and(
      gte(usageHour.at, new Date(nowMs - fromDays * dayMs - 6 * hourMs)),
      lt(usageHour.at, new Date(nowMs - toDays * dayMs + hourMs)),
    );
  return or(gte(usageHour.at, new Date(nowMs - 28 * dayMs - 6 * hourMs)), between(36, 27), between(64, 55));
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
    where account_id = ${accountId} and at between ${weekFrom} and ${today} and outcome = 'quota_exceeded'
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
  const rows = await ctx.db.execute<{ tokenId: string; day: string; networks: number; requests: number }>(sql`
    select token_id as "tokenId", day::text as day, count(*)::int as networks, sum(requests)::float8 as requests from network_day
    where account_id = ${accountId} and day >= (${ctx.now}::timestamptz at time zone 'UTC')::date - 28
    group by token_id, day`);
  return [...rows];
}

/** See `AccountHistory`. An app on phones has new networks every day: yesterday is what is usual for it. */
export async function knownShare(ctx: Ctx, accountId: string): Promise<number | null> {
  const today = sql`(${ctx.now}::timestamptz at time zone 'UTC')::date`;
  const rows = await ctx.db.execute<{ is_today: boolean; share: number }>(sql`
    select n.day = ${today} as is_today, (coalesce(sum(n.requests) filter (where exists (select 1 from network_day b
      where b.account_id = n.account_id and b.network = n.network and b.day < n.day and b.day >= n.day - 28)), 0) / sum(n.requests))::float8 as share
    from network_day n where n.account_id = ${accountId} and n.day between ${today} - 1 and ${today} group by n.day`);
  const now = rows.find((one) => one.is_today);
  const usual = Number(rows.find((one) => !one.is_today)?.share ?? 0);
  if (!now) return null;
  return usual > 0 ? Math.min(1, Number(now.share) / usual) : Number(now.share);
}

const sisterDays = 90;

async function hasOlderSister(ctx: Ctx, accountId: string): Promise<boolean> {
  const [row] = await ctx.db.execute<{ has: boolean }>(sql`
    select exists (select 1 from member m join member o on o.user_id = m.user_id and o.account_id <> m.account_id
      join account a on a.id = o.account_id
      where m.account_id = ${accountId} and m.role = 'owner' and o.role = 'owner' and a.closed_at is null
        and a.created_at < ${new Date(ctx.now.getTime() - sisterDays * dayMs)}
        and not exists (select 1 from action s where s.account_id = a.id and s.type in ('suspension', 'termination') and s.state = 'active')) as has`);
  return row?.has === true;
}

/** A token used in the weeks before is awake, and needs no look at its past. A token that woke up less than so many days ago is still said to wake. */
const awakeDays = 7;
/** So long a pause makes the day after it a day on which it woke. */
const wakeAfterDays = 60;

/**
 * The day is the one in which the last hour began, so that a token that wakes just before midnight was idle until then. It woke on its
 * first day of use within the last week.
 */
async function usedTokens(ctx: Ctx, accountId: string, countedMs: number): Promise<AccountHistory["usedTokens"]> {
  const hourAgo = new Date(ctx.now.getTime() - hourMs);
  const from = new Date(Math.max(hourAgo.getTime(), countedMs));
  const today = new Date(Math.floor(hourAgo.getTime() / dayMs) * dayMs);
  const monthAgo = new Date(today.getTime() - 30 * dayMs);
  const weekAgo = new Date(today.getTime() - (awakeDays - 1) * dayMs);
  const rows = await ctx.db.execute<UsedToken>(sql`
    with lately as (
      select d.token_id, bool_or(d.at >= ${today}) as is_used, bool_or(d.at < ${weekAgo}) as was_used from usage_day d
      where d.account_id = ${accountId} and d.at >= ${monthAgo} group by d.token_id),
    asleep as materialized (
      select t.id, t.created_at from token t join lately l on l.token_id = t.id
      where t.account_id = ${accountId} and t.created_at < ${monthAgo} and l.is_used and not l.was_used),
    used as (
      select d.token_id, d.at, sum(d.requests)::float8 as requests, lag(d.at) over (partition by d.token_id order by d.at) as before
      from usage_day d where d.account_id = ${accountId} and d.token_id in (select id from asleep) group by d.token_id, d.at)
    select t.id, t.created_at as "createdAt", max(u.at) filter (where u.at < ${weekAgo}) as "lastDay",
      min(u.at) filter (where u.at >= ${weekAgo}) as "wokeDay",
      max(u.requests) filter (where u.at < ${weekAgo} and u.at - u.before >= make_interval(days => ${wakeAfterDays})) as "wakesBefore",
      (select coalesce(sum(m.requests), 0)::float8 from usage_minute m
        where m.account_id = ${accountId} and m.token_id = t.id and m.at between ${from} and ${ctx.now}) as requests
    from asleep t join used u on u.token_id = t.id group by t.id, t.created_at`);
  return [...rows].map((row) => ({
    id: row.id,
    createdAtMs: new Date(row.createdAt).getTime(),
    ...(row.wokeDay === null ? {} : { wokeDayMs: new Date(row.wokeDay).getTime() }),
    lastDayMs: row.lastDay === null ? null : new Date(row.lastDay).getTime(),
    ...(row.wakesBefore === null ? {} : { wakesBefore: Number(row.wakesBefore) }),
    requestsLastHour: Number(row.requests),
  }));
}

type UsedToken = {
  id: string;
  createdAt: Date;
  lastDay: Date | null;
  wokeDay: Date | null;
  wakesBefore: number | null;
  requests: number;
};

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
  // The clock of who reports may be a little ahead.
  const hour = sql`${outcome.at} between ${new Date(nowMs - hourMs)} and ${new Date(nowMs + minuteMs)} and ${outcome.kind} = 'status'`;
  const [row] = await ctx.db
    .select({
      statusesLastHour: sql<number>`count(*) filter (where ${hour})::int`,
      clientErrorsLastHour: sql<number>`count(*) filter (where ${hour} and ${outcome.status} between 400 and 499 and ${notInArray(outcome.status, [...ordinaryErrors])})::int`,
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

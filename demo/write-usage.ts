import { type SQL, sql } from "drizzle-orm";
import { dayMs } from "#core/rules/time.ts";
import type { Queryable } from "#db/client.ts";
import { endpoint } from "#db/schema/provider.ts";
import { type Demand, minuteWindows, storyDemands } from "./story-demands.ts";
import { storyTimes } from "./story-times.ts";
import type { SeededToken } from "./token-steps.ts";
import { hourlyUse, minutelyUse } from "./usage-sql.ts";

const historyDays = 90;

/**
 * 90 days of usage, made by the database itself: minutes of the recent hours and of the stories, hours of all others, and
 * from minutes hours, and from hours days, so that the three grains agree wherever they overlap.
 */
export async function writeUsage(db: Queryable, tokens: readonly SeededToken[], now: Date): Promise<void> {
  const times = storyTimes(now);
  const from = new Date(Math.floor(now.getTime() / dayMs) * dayMs - historyDays * dayMs);
  await makePartitions(db, from, now);
  await describeUses(db, tokens, from, times.until);
  await describeWindows(db, tokens, times.recentFrom, times.until, now);
  await db.execute(minutelyUse(now));
  await addDemands(db, tokens, storyDemands(now));
  await db.execute(hourlyUse(times.recentFrom, now));
  await db.execute(sql`insert into usage_hour (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
    select account_id, date_trunc('hour', at), token_id, endpoint_id, surface, outcome, sum(requests), sum(spent)
    from usage_minute group by 1, 2, 3, 4, 5, 6`);
  await db.execute(sql`insert into usage_day (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
    select account_id, date_trunc('day', at), token_id, endpoint_id, surface, outcome, sum(requests), sum(spent)
    from usage_hour group by 1, 2, 3, 4, 5, 6`);
}

/** Only the days that have minutes get partitions of them: 90 days of empty ones would take longer than all the rest. */
async function makePartitions(db: Queryable, from: Date, now: Date): Promise<void> {
  await db.execute(sql`select ensure_history_partitions(${from}, ${now})`);
  const recent = { from: storyTimes(now).recentFrom, until: new Date(now.getTime() + 3 * dayMs) };
  for (const window of [recent, ...minuteWindows(now)]) {
    await db.execute(sql`select ensure_usage_partitions(${window.from}, ${window.until})`);
  }
}

async function describeUses(db: Queryable, tokens: readonly SeededToken[], from: Date, until: Date): Promise<void> {
  const endpoints = await db.select({ id: endpoint.id, name: endpoint.name, cost: endpoint.cost }).from(endpoint);
  const rows = tokens.flatMap(({ account, tokenId, createdAt, uses }) =>
    uses.map((use) => {
      const found = endpoints.find((one) => one.name === use.endpoint);
      if (!found) throw new Error(`The sample provider has no endpoint ${use.endpoint}.`);
      const { peakPerHour, peakHour, widthHours, floor, weekend, growth } = use.rhythm;
      return {
        account_id: account.accountId,
        token_id: tokenId,
        endpoint_id: found.id,
        cost: found.cost,
        surface: use.surface,
        outcome: use.outcome,
        peak: peakPerHour,
        peak_hour: peakHour,
        width: widthHours,
        floor,
        weekend,
        growth,
        burstiness: use.burstiness,
        limit_per_minute: use.limitPerMinute,
        from_at: latest(from, createdAt, use.from ?? from),
        until_at: use.until && use.until < until ? use.until : until,
      };
    }),
  );
  // The number stands for the use in the noise, so it must not hang on ids, which differ from demo to demo.
  const numbered = rows.map((row, n) => ({ n, ...row }));
  await db.execute(sql`create temporary table demo_use on commit drop as
    select * from jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb) as u(n int, account_id uuid, token_id uuid,
      endpoint_id int, cost int, surface text, outcome text, peak float8, peak_hour float8, width float8, floor float8,
      weekend float8, growth float8, burstiness float8, limit_per_minute int, from_at timestamptz, until_at timestamptz)`);
}

async function describeWindows(
  db: Queryable,
  tokens: readonly SeededToken[],
  recentFrom: Date,
  until: Date,
  now: Date,
): Promise<void> {
  const own = minuteWindows(now).map((window) => ({
    account_id: tokens.find(({ account }) => account.name === window.account)?.account.accountId,
    from_at: window.from,
    until_at: window.until,
  }));
  const rows = [{ account_id: null, from_at: recentFrom, until_at: until }, ...own];
  await db.execute(sql`create temporary table demo_window on commit drop as
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(account_id uuid, from_at timestamptz, until_at timestamptz)`);
}

/** What the stories add. Where the rate limit decides, as much passes as what is there already leaves. */
async function addDemands(db: Queryable, tokens: readonly SeededToken[], demands: readonly Demand[]): Promise<void> {
  const rows = demands.map(({ account, token, endpoint: name, at, requests, outcome }) => {
    const found = tokens.find((one) => one.account.name === account && one.name === token);
    if (!found) throw new Error(`${account} has no token ${token}.`);
    return { account_id: found.account.accountId, token_id: found.tokenId, name, at, requests, outcome };
  });
  const upsert: SQL = sql`on conflict (account_id, at, token_id, endpoint_id, surface, outcome)
    do update set requests = usage_minute.requests + excluded.requests, spent = usage_minute.spent + excluded.spent`;
  await db.execute(sql`insert into usage_minute (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
    select d.account_id, d.at, d.token_id, e.id, e.surface, o.outcome, o.requests, case when o.outcome = 'allowed' then o.requests * e.cost else 0 end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as d(account_id uuid, token_id uuid, name text, at timestamptz, requests bigint, outcome text)
    join endpoint e on e.name = d.name
    cross join lateral (select greatest(0, e.rate_limit - coalesce(sum(m.requests), 0)) as n from usage_minute m
      where m.account_id = d.account_id and m.at = d.at and m.endpoint_id = e.id and m.outcome = 'allowed') room
    cross join lateral (values
      (coalesce(d.outcome, 'allowed'), case when d.outcome is null then least(d.requests, room.n) else d.requests end),
      ('rate_limited', case when d.outcome is null then d.requests - least(d.requests, room.n) else 0 end)) o(outcome, requests)
    where o.requests > 0 ${upsert}`);
}

function latest(...times: Date[]): Date {
  return new Date(Math.max(...times.map((at) => at.getTime())));
}

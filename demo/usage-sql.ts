import { type SQL, sql } from "drizzle-orm";

/** 0 ≤ x < 1, the same for the same use, bucket and purpose, whatever the ids are. All in float8: numeric takes ten times as long. */
function noise(bucket: SQL, purpose: number): SQL {
  return sql`((hashint8extended(${bucket} * 4099 + u.n, ${sql.raw(String(purpose))}) & 1048575)::float8 / 1048576::float8)`;
}

const hourOf = (at: SQL) => sql`(date_part('epoch', ${at})::bigint / 3600)`;
const minuteOf = (at: SQL) => sql`(date_part('epoch', ${at})::bigint / 60)`;

/** Requests per hour at a time: `ratePerHour` of rhythm.ts, and the growth of 90 days, which it leaves out. */
function rate(at: SQL, now: Date): SQL {
  const hour = sql`(date_part('hour', ${at}) + date_part('minute', ${at}) / 60)`;
  const apart = sql`abs(${hour} - u.peak_hour)`;
  return sql`(u.peak * (u.floor + (1 - u.floor) * exp(-power(least(${apart}, 24 - ${apart}), 2) / (2 * power(u.width, 2))))
    * case when date_part('isodow', ${at}) > 5 then u.weekend else 1 end
    * (1 - u.growth * date_part('epoch', ${now}::timestamptz - ${at}) / 7776000)
    * (0.82 + 0.36 * ${noise(hourOf(at), 1)}))`;
}

/** In hours that have one, a burst of five minutes at eight times the usual pace. */
const isBursting = (at: SQL) => sql`(${noise(hourOf(at), 2)} < u.burstiness)`;
const burstFactor = sql.raw("8");

// `offset 0` below keeps the planner from writing a subquery's expression out wherever it is used, which costs minutes.
const columns = sql`(account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)`;

/**
 * Minutes of the windows. The pace is that of each quarter of an hour; a minute's number scatters around it as independent
 * arrivals do.
 */
export function minutelyUse(now: Date): SQL {
  const middle = sql`(q.at + interval '7.5 minutes')`;
  const minute = sql`m.at`;
  const isBurst = sql`(u.bursts and date_part('minute', ${minute}) between 10 and 14)`;
  return sql`insert into usage_minute ${columns}
    with quarters as materialized (
      select u.*, q.at as quarter_at, w.from_at as window_from, w.until_at as window_until,
        ${rate(middle, now)} / 60 as mean, ${isBursting(sql`q.at`)} as bursts
      from demo_use u
      join demo_window w on w.account_id is null or w.account_id = u.account_id
      cross join lateral generate_series(
        date_bin('15 minutes', greatest(w.from_at, u.from_at), 'epoch'::timestamptz),
        least(w.until_at, u.until_at) - interval '1 second', interval '15 minutes') q(at))
    select d.account_id, d.at, d.token_id, d.endpoint_id, d.surface, o.outcome, o.requests, case when o.outcome = 'allowed' then o.requests * d.cost else 0 end
    from (
      select u.account_id, u.token_id, u.endpoint_id, u.cost, u.surface, u.outcome, u.limit_per_minute, m.at,
        floor(greatest(0, p.mean + sqrt(p.mean) * (${noise(minuteOf(minute), 3)} + ${noise(minuteOf(minute), 4)} - 1) * 1.7) + ${noise(minuteOf(minute), 5)})::bigint as asked
      from quarters u
      cross join lateral generate_series(
        greatest(u.quarter_at, u.window_from, date_trunc('minute', u.from_at + interval '59.999 seconds')),
        least(u.quarter_at + interval '15 minutes', u.window_until, date_trunc('minute', u.until_at)) - interval '1 minute',
        interval '1 minute') m(at)
      cross join lateral (select u.mean * case when ${isBurst} then ${burstFactor} else 1 end as mean offset 0) p
      offset 0) d
    cross join lateral (values
      (d.outcome, least(d.asked, coalesce(d.limit_per_minute, d.asked))),
      ('rate_limited', d.asked - least(d.asked, coalesce(d.limit_per_minute, d.asked)))) o(outcome, requests)
    where o.requests > 0`;
}

/** Whole hours before the recent ones, where no window has minutes. */
export function hourlyUse(recentFrom: Date, now: Date): SQL {
  const hour = sql`h.at`;
  const middle = sql`(h.at + interval '30 minutes')`;
  const burst = sql`(d.mean / 60 * ${burstFactor})`;
  const room = sql`coalesce(d.limit_per_minute, ${burst})`;
  return sql`insert into usage_hour ${columns}
    select d.account_id, d.at, d.token_id, d.endpoint_id, d.surface, o.outcome, o.requests, case when o.outcome = 'allowed' then o.requests * d.cost else 0 end
    from (
      select u.account_id, u.token_id, u.endpoint_id, u.cost, u.surface, u.outcome, u.limit_per_minute, h.at,
        ${rate(middle, now)} as mean, ${noise(hourOf(hour), 6)} as luck, ${isBursting(hour)} as bursts
      from demo_use u
      cross join lateral generate_series(
        date_trunc('hour', u.from_at + interval '59 minutes 59.999 seconds'),
        date_trunc('hour', least(${recentFrom}::timestamptz, u.until_at)) - interval '1 hour', interval '1 hour') h(at)
      where not exists (select 1 from demo_window w where w.account_id = u.account_id and h.at >= w.from_at and h.at < w.until_at)
      offset 0) d
    cross join lateral (values
      (d.outcome, floor(case when d.bursts then d.mean * 55 / 60 + 5 * least(${burst}, ${room}) else d.mean end + d.luck)::bigint),
      ('rate_limited', case when d.bursts then floor(5 * greatest(0, ${burst} - ${room}))::bigint else 0 end)) o(outcome, requests)
    where o.requests > 0`;
}

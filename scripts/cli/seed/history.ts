import type { Sql } from "postgres";
import { recentFrom } from "./recent.ts";
import type { SeededAccount } from "./seed-demo.ts";
import { writeExtras } from "./story-usage.ts";

const hourMs = 3_600_000;

/** Requests of a whole account on an average day, by plan; well within its quota. */
const perDay: Record<string, number> = {
  Trial: 60,
  Hobby: 550,
  Starter: 26_000,
  Professional: 45_000,
  Enterprise: 60_000,
};

/**
 * 90 days of usage with a daily and weekly rhythm, growth and noise, made by the database itself. The last 24 hours are made of
 * minutes; hours add up minutes and days add up hours, so all three grains agree.
 */
export async function writeHistory(sql: Sql, accounts: readonly SeededAccount[], now: Date): Promise<void> {
  const from = new Date(now.getTime() - 90 * 24 * hourMs);
  const recent = recentFrom(now);
  const rows = accounts.flatMap((one) => {
    const whole = one.tokens.reduce((sum, token) => sum + token.weight, 0);
    return one.tokens.map((token) => ({
      account_id: one.accountId,
      token_id: token.tokenId,
      endpoint: token.endpoint,
      per_hour: ((perDay[one.plan] ?? 0) / 24) * (token.weight / whole),
      story: one.story ?? "",
    }));
  });
  await sql.begin(async (tx) => {
    await tx`select ensure_usage_partitions(${from}, ${new Date(now.getTime() + 72 * hourMs)})`;
    await tx`create temporary table demo_token on commit drop as
      select d.*, e.id as endpoint_id, e.surface
      from jsonb_to_recordset(${tx.json(rows)}::jsonb)
        as d(account_id uuid, token_id uuid, endpoint text, per_hour float8, story text)
      join endpoint e on e.name = d.endpoint`;
    // 0 to 1, the same for the same token and time.
    await tx`create function pg_temp.noise(t uuid, at timestamptz, salt int) returns float8 language sql immutable as
      $$ select (abs(hashtextextended(t::text || extract(epoch from at)::bigint::text, salt)) % 10000) / 10000.0 $$`;
    await tx`create function pg_temp.pace(t uuid, at timestamptz, born timestamptz) returns float8 language sql immutable as $$
      select (0.35 + 1.15 * greatest(0, sin(pi() * ((extract(hour from at) + extract(minute from at) / 60.0) - 6) / 15.0)))
        * case when extract(isodow from at) > 5 then 0.45 else 1 end
        * (0.65 + 0.35 * extract(epoch from at - born) / (90 * 86400.0)) $$`;
    const pace = tx`pg_temp.pace(d.token_id, at, ${from})`;
    await tx`insert into usage_hour (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
      select account_id, at, token_id, endpoint_id, surface, outcome, requests, case when outcome = 'allowed' then requests else 0 end
      from demo_token d
      cross join generate_series(date_trunc('day', ${from}::timestamptz), ${recent}::timestamptz - interval '1 hour', interval '1 hour') at
      cross join lateral (select floor(per_hour * ${pace} * (0.7 + 0.6 * pg_temp.noise(token_id, at, 1)) + pg_temp.noise(token_id, at, 2))::bigint as base) b
      cross join lateral (values ('allowed', base), ('rate_limited', floor(base * 0.002 + pg_temp.noise(token_id, at, 3) * 0.5)::bigint)) o(outcome, requests)
      where requests > 0`;
    await tx`insert into usage_minute (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
      select account_id, at, token_id, endpoint_id, surface, outcome, requests, case when outcome = 'allowed' then requests else 0 end
      from demo_token d
      cross join generate_series(${recent}::timestamptz, ${now}::timestamptz - interval '1 minute', interval '1 minute') at
      cross join lateral (select floor(per_hour / 60 * ${pace} * (0.6 + 0.8 * pg_temp.noise(token_id, at, 1)) + pg_temp.noise(token_id, at, 2))::bigint as requests) b
      cross join lateral (select case when story = 'suspended' then 'account_suspended' else 'allowed' end as outcome) o
      where requests > 0 and story <> 'nearly_spent'`;
    await writeExtras(tx, accounts, now);
    await tx`insert into usage_hour select account_id, date_trunc('hour', at), token_id, endpoint_id, surface, outcome, sum(requests), sum(spent)
      from usage_minute group by 1, 2, 3, 4, 5, 6
      on conflict (account_id, at, token_id, endpoint_id, surface, outcome)
      do update set requests = usage_hour.requests + excluded.requests, spent = usage_hour.spent + excluded.spent`;
    await tx`insert into usage_day select account_id, date_trunc('day', at), token_id, endpoint_id, surface, outcome, sum(requests), sum(spent)
      from usage_hour group by 1, 2, 3, 4, 5, 6`;
    await tx`insert into token_last_use (token_id, at, ip, endpoint_id, user_agent)
      select token_id, max(m.at) + interval '20 seconds', ('198.51.100.' || (abs(hashtext(token_id::text)) % 200 + 1))::inet, max(m.endpoint_id),
        (array['northwind-node/3.4', 'python-requests/2.32', 'okhttp/4.12', 'Go-http-client/2.0'])[abs(hashtext(token_id::text)) % 4 + 1]
      from usage_minute m group by token_id`;
    await tx`insert into network_day (account_id, day, token_id, network, requests)
      select account_id, (at at time zone 'UTC')::date, token_id, '198.51.100.0/24'::cidr, sum(requests) from usage_day
      where at >= ${recent}::timestamptz - interval '1 day' group by 1, 2, 3`;
  });
}

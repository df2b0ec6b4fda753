/** A month of many accounts, written as the counts that Investigate reads. */

const tokensPerAccount = 5;
const endpointsPerToken = 2;

/** @param {import("postgres").Sql} sql */
export async function seedTraffic(sql, { accounts, days }) {
  await sql`select ensure_usage_partitions(now() - make_interval(days => ${days + 1}), now() + interval '1 day')`;
  await sql`select ensure_history_partitions(now() - make_interval(days => ${days + 1}), now())`;
  await sql`insert into plan (name, quota_per_day) values ('Bench', 1000000)`;
  await sql`insert into endpoint (name, surface, method, path, rate_limit, window_seconds)
    select 'endpoint.' || n, 'http', 'GET', '/v1/endpoint-' || n, 100, 60 from generate_series(1, 40) n`;
  await sql`create temporary table bench_account as
    with made as (insert into account (name, slug, plan_id, created_at)
      select 'Bench ' || n, 'bench-' || n, (select max(id) from plan), now() - interval '400 days'
      from generate_series(1, ${accounts}) n returning id)
    select id, row_number() over () as n from made`;
  await sql`create temporary table bench_token as
    with made as (insert into token (account_id, name, scopes) select a.id, 'token-' || t, '{email:send}'
      from bench_account a, generate_series(1, ${tokensPerAccount}) t returning id, account_id)
    select m.id, m.account_id, a.n as account_n, row_number() over (partition by m.account_id order by m.id) as n
    from made m join bench_account a on a.id = m.account_id`;
  // Each token at every fourth hour, on two endpoints; one token in five is refused as well, from several networks and two clients.
  await sql`create temporary table bench_traffic as
    select t.account_id, h as at, t.id as token_id, e as endpoint_id, 'http' as surface, o.outcome,
      ('10.' || t.account_n % 200 || '.' || (t.n * 7 + p) % 250 || '.0/24')::cidr as network,
      case when p % 2 = 0 then 'python-requests/2.31' else 'curl/8.5' end as client,
      (o.requests * (1 + abs(sin(extract(epoch from h)::float8 / 13751))))::bigint as requests
    from bench_token t
    cross join generate_series(date_trunc('hour', now()) - make_interval(days => ${days}), now(), interval '1 hour') h
    cross join generate_series(1, ${endpointsPerToken}) e
    cross join (values ('allowed', 80), ('rate_limited', 20)) o(outcome, requests)
    cross join generate_series(0, 3) p
    where (extract(hour from h)::int + t.n) % 4 = 0 and (o.outcome = 'allowed' or t.n = 1) and (p = 0 or t.n = 1)
    order by h, t.id`;
  await sql`insert into traffic_hour select account_id, at, token_id, endpoint_id, surface, outcome, network, client, requests
    from bench_traffic where at >= now() - interval '14 days'`;
  await sql`insert into traffic_day select account_id, date_trunc('day', at, 'UTC'), token_id, endpoint_id, surface, outcome, network, client,
    sum(requests) from bench_traffic group by 1, 2, 3, 4, 5, 6, 7, 8 order by 2`;
  await sql`insert into usage_hour select account_id, at, token_id, endpoint_id, surface, outcome, sum(requests), sum(requests)
    from bench_traffic group by 1, 2, 3, 4, 5, 6 order by 2`;
  await sql`insert into usage_day select account_id, date_trunc('day', at, 'UTC'), token_id, endpoint_id, surface, outcome, sum(requests),
    sum(requests) from usage_hour group by 1, 2, 3, 4, 5, 6 order by 2`;
  // A day of minutes, of which the last hour is read.
  await sql`insert into usage_minute select t.account_id, m, t.id, 1, 'http', 'allowed', 3, 3 from bench_token t
    cross join generate_series(date_trunc('minute', now()) - interval '24 hours', now(), interval '1 minute') m
    where t.n = 1 and t.account_n <= 300 order by m, t.id`;
  // What one minute of the import leaves to be added up.
  await sql`insert into traffic_new select account_id, date_trunc('hour', now()), token_id, endpoint_id, surface, outcome, network, client, requests
    from bench_traffic limit 20000`;
  const [person] = await sql`insert into "user" (email, name) values ('bench@example.com', 'Bench') returning id`;
  await sql`vacuum (analyze)`;
  const [first] = await sql`select account_id, id from bench_token order by account_n, n limit 1`;
  const some = await sql`select id from bench_account order by n limit 50`;
  const [sum] = await sql`select sum(requests)::float8 as requests, count(*)::float8 as rows from bench_traffic`;
  const [used] = await sql`select network::text from traffic_hour where account_id = ${first.account_id} limit 1`;
  const [day] = await sql`select date_trunc('day', now() - interval '1 day', 'UTC') as day`;
  return {
    ...{ userId: person.id, accountId: first.account_id, tokenId: first.id, accountIds: some.map((row) => row.id) },
    ...{ network: used.network, day: day.day, requests: sum.requests },
  };
}

/** What the networks and clients take on disk, indexes included, for so many requests. @param {import("postgres").Sql} sql */
export async function sizesOf(sql, { requests }) {
  const [hour] =
    await sql`select sum(pg_total_relation_size(inhrelid))::float8 as bytes, (select count(*) from traffic_hour)::float8 as rows,
    (select sum(requests) from traffic_hour)::float8 as requests from pg_inherits where inhparent = 'traffic_hour'::regclass`;
  const [day] =
    await sql`select pg_total_relation_size('traffic_day')::float8 as bytes, (select count(*) from traffic_day)::float8 as rows`;
  const line = (name, bytes, rows, of) =>
    `${name}: ${(bytes / 1e6).toFixed(0)} MB, ${(bytes / rows).toFixed(0)} bytes a row, ` +
    `${(bytes / (of / 1e6) / 1e3).toFixed(0)} kB per million requests`;
  return [
    line("traffic_hour", hour.bytes, hour.rows, hour.requests),
    line("traffic_day", day.bytes, day.rows, requests),
  ];
}

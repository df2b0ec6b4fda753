/** Accounts with a past, written as counts: what the pages read, in the amounts of a busy installation. */

const tokensPerAccount = 5;
/** Ids of endpoints of the sample provider that each token calls. */
const endpointsPerToken = 2;

/** @returns {Promise<{ accountId: string, slug: string, tokenId: string, rows: number, requests: number }>} the busiest account */
export async function seedHistory(sql, { accounts, days }) {
  // As many as there are: minutes, seconds and refusals of a month, hours and days as long as the history.
  await sql`select ensure_usage_partitions(now() - interval '31 days', now() + interval '1 day')`;
  await sql`select ensure_history_partitions(now() - make_interval(days => 430), now())`;
  await sql`create temporary table bench_account as
    with made as (
      insert into account (name, slug, plan_id, created_at)
      select 'Bench ' || n, 'bench-' || n, (select id from plan order by position desc limit 1), now() - make_interval(days => 400)
      from generate_series(1, ${accounts}) n returning id, slug)
    select id, row_number() over (order by slug) as n from made`;
  await sql`insert into alert_rule (account_id, kind, threshold_percent, cooldown_seconds)
    select id, 'quota', 80, 3600 from bench_account`;
  await sql`create temporary table bench_token as
    with made as (
      insert into token (account_id, name, scopes, created_at)
      select a.id, 'token-' || t, array['email:send', 'domains:read'], now() - make_interval(days => 300)
      from bench_account a, generate_series(1, ${tokensPerAccount}) t returning id, account_id)
    select id, account_id, row_number() over (partition by account_id order by id) as n from made`;
  await sql`insert into token_secret (token_id, hash, preview) select id, sha256(id::text::bytea), 'gth_…bnch' from bench_token`;
  const hour = count(
    await sql`insert into usage_hour (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
      select t.account_id, h, t.id, e, 'http', 'allowed', p.requests, p.requests
      from bench_token t
      cross join generate_series(date_trunc('hour', now()) - make_interval(days => ${days}), now(), interval '1 hour') h
      cross join generate_series(1, ${endpointsPerToken}) e
      cross join lateral (select (20 + 60 * t.n + 40 * abs(sin(extract(epoch from h)::float8 / 13751)))::bigint as requests) p
      where (extract(hour from h)::int + t.n) % 4 = 0
      -- In the order in which time would have written them, which is not that of an account.
      order by h, t.id`,
  );
  const day = count(
    await sql`insert into usage_day (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
      select account_id, date_trunc('day', at at time zone 'UTC') at time zone 'UTC', token_id, endpoint_id, surface, outcome,
        sum(requests), sum(spent)
      from usage_hour group by 1, 2, 3, 4, 5, 6 order by 2, 3`,
  );
  const recent = count(
    await sql`insert into usage_minute (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
      select t.account_id, m, t.id, 1, 'http', o.outcome, o.requests, case when o.outcome = 'allowed' then o.requests else 0 end
      from bench_token t join bench_account a on a.id = t.account_id
      cross join generate_series(date_trunc('minute', now()) - interval '24 hours', now(), interval '1 minute') m
      cross join (values ('allowed', 3), ('rate_limited', 1)) o(outcome, requests)
      where a.n <= 40 order by m, t.id`,
  );
  const refusals = count(
    await sql`insert into refusal (receipt, account_id, at, token_id, endpoint_id, surface, code, method, path, gate_id)
      select 'rcp_' || a.n || '_' || i, a.id, now() - make_interval(mins => i), t.id, 1, 'http', 'rate_limited', 'POST', '/v1/email', 'bench'
      from bench_account a join bench_token t on t.account_id = a.id and t.n = 1 cross join generate_series(1, 1400) i
      where a.n <= 40`,
  );
  await sql`insert into network_day (account_id, day, token_id, network, requests)
    select t.account_id, current_date - d, t.id, '203.0.113.0/24', 500 from bench_token t, generate_series(0, 60) d`;
  // As in a database that has lived those days: its rows have been vacuumed long ago.
  await sql`vacuum (analyze)`;
  const [sum] = await sql`select sum(requests)::float8 as requests from usage_hour`;
  const [first] = await sql`select a.id, c.slug, t.id as token_id from bench_account a join account c on c.id = a.id
    join bench_token t on t.account_id = a.id and t.n = 1 where a.n = 1`;
  return {
    accountId: first.id,
    slug: first.slug,
    tokenId: first.token_id,
    rows: hour + day + recent + refusals,
    requests: sum.requests,
  };
}

/** A person who owns the account, signed in. */
export async function addOwner(sql, accountId) {
  // A kept database has them already.
  const [person] = await sql`insert into "user" (email, name) values ('bench@example.com', 'Bench')
    on conflict (email) do update set name = excluded.name returning id`;
  await sql`insert into member (account_id, user_id, role) values (${accountId}, ${person.id}, 'owner') on conflict do nothing`;
  const [session] =
    await sql`insert into session (user_id, expires_at) values (${person.id}, now() + interval '1 hour') returning id`;
  return { userId: person.id, sessionId: session.id };
}

function count(result) {
  return result.count;
}

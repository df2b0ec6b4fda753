/** The past of a staff desk: cases with flags, timelines, measures, appeals, reports, mail and audit, in the amounts of years of work. */

const detectors = ["rate_excess", "probing", "retry_storm", "quota_burn", "broken_client", "token_sharing"];
const staffPeople = 8;
/** Accounts without a terminated past that have an open case now; the others' cases are closed. */
const openShare = 0.6;

/** @returns {Promise<{ caseId: string, staffAccountId: string, batchId: string }>} an open case with a long past */
export async function seedDesk(sql, wanted) {
  const facts = await sql.begin((tx) => write(tx, wanted));
  await sql`vacuum (analyze)`;
  return facts;
}

async function write(sql, { cases }) {
  // The worker runs meanwhile, and would open a case for an account between the choice below and the cases written for it.
  await sql`lock table abuse_case in share row exclusive mode`;
  await sql`create temporary table bench_staff as
    with made as (insert into "user" (email, name) select 'staff-' || n || '@example.com', 'Staff ' || n
      from generate_series(1, ${staffPeople}) n returning id)
    select id, row_number() over (order by id) as n from made`;
  await sql`insert into staff_member (user_id, role)
    select id, (array['support', 'reviewer', 'lead', 'admin'])[1 + n % 4] from bench_staff`;
  // The worker may have opened cases of its own about the history.
  await sql`create temporary table bench_free on commit drop as select id, slug from account
    where slug like 'bench-%' and not exists (select 1 from abuse_case c where c.account_id = account.id and c.state <> 'closed')`;
  const [{ accounts }] = await sql`select count(*)::int as accounts from bench_free`;
  const open = Math.min(cases, Math.floor(accounts * openShare));
  await sql`create temporary table bench_case as
    with numbered as (select id as account_id, row_number() over (order by slug) as n from bench_free),
    wanted as (select i, n.account_id, i <= ${open} as is_open,
        now() - (case when i <= ${open} then make_interval(hours => 1 + i % 400) else make_interval(days => 20 + i % 700, mins => i) end) as opened_at
      from generate_series(1, ${cases}) i join numbered n on n.n = 1 + (i - 1) % ${accounts})
    select gen_random_uuid() as id, * from wanted`;
  await sql`insert into abuse_case (id, account_id, state, outcome, assignee_user_id, opened_at, closed_at)
    select c.id, c.account_id,
      case when not c.is_open then 'closed' when c.i % 3 = 0 then 'assigned' when c.i % 11 = 0 then 'escalated' else 'new' end,
      case when c.is_open then null else (array['no_abuse', 'broken_client_helped', 'notice', 'throttled', 'suspended'])[1 + c.i % 5] end,
      case when c.is_open and c.i % 3 <> 0 then null else s.id end,
      c.opened_at, case when c.is_open then null else c.opened_at + make_interval(hours => 2 + c.i % 90) end
    from bench_case c join bench_staff s on s.n = 1 + c.i % ${staffPeople}`;
  await sql`insert into flag (account_id, case_id, detector, detector_version, scope, scope_id, state, severity, count, summary, evidence,
      first_seen_at, last_seen_at, decided_at)
    select c.account_id, c.id, d.name, 1, 'account', c.account_id::text,
      case when c.is_open then 'in_case' when (c.i + d.n) % 4 = 0 then 'dismissed' else 'confirmed' end,
      1 + (c.i + d.n)::int % 3, 1 + c.i % 40, 'About ' || (100 + c.i % 900) || ' of 1,000 requests were refused within 10 minutes.', '{}',
      c.opened_at, c.opened_at + interval '1 hour', case when c.is_open then null else c.opened_at + interval '2 hours' end
    from bench_case c cross join unnest(${detectors}::text[]) with ordinality d(name, n)
    where (c.i + d.n) % 3 = 0`;
  await sql`insert into case_event (case_id, at, type, actor_kind, actor_user_id, actor_name, data)
    select c.id, c.opened_at + make_interval(mins => e.n::int * 7), e.type, case when e.n <= 3 then 'job' else 'staff' end,
      case when e.n <= 3 then null else s.id end, case when e.n <= 3 then 'Gatehouse' else 'Staff ' || s.n end,
      case when e.type = 'note.added' then '{"text":"Looked at the traffic of the last hour."}'::jsonb else '{}'::jsonb end
    from bench_case c join bench_staff s on s.n = 1 + c.i % ${staffPeople}
    cross join unnest(array['case.opened', 'flag.raised', 'flag.raised', 'case.claimed', 'note.added', 'note.added', 'case.closed'])
      with ordinality e(type, n)
    where not (c.is_open and e.type = 'case.closed')`;
  const [batch] = await sql`insert into action_batch (type, reason_code, accounts, created_by_user_id)
    select 'notice', 'retry_storm', 40, id from bench_staff where n = 1 returning id`;
  await sql`create temporary table bench_action as
    select gen_random_uuid() as id, c.id as case_id, c.account_id, c.i, c.is_open, c.opened_at,
      (array['notice', 'throttle', 'suspension'])[1 + c.i % 3] as type, row_number() over (order by c.is_open desc, c.i) as a from bench_case c where c.i % 5 in (2, 3, 4)`;
  // Of closed cases they have ended, but for one in twenty; of open ones one in ten is in force.
  await sql`insert into action (id, account_id, case_id, type, state, factor, reason_code, policy_version_id, policy_clause, public_text,
      internal_note, evidence, evidence_hash, billing_consequence, effective_at, ends_at, batch_id, author_user_id, created_at, applied_at,
      confirmed_at, ended_at)
    select a.id, a.account_id, a.case_id, a.type, a.state, case when a.type = 'throttle' then 0.25 end, 'rate_excess', p.id, '1',
      'More calls than the plan allows.', 'Seen in the chart.', '{}', repeat('0', 64), 'Nothing changes in the bill.',
      a.opened_at, case when a.state = 'active' then now() + make_interval(days => 1 + a.a::int % 20) else a.opened_at + interval '7 days' end,
      case when a.a <= 40 then ${batch.id}::uuid end, s.id, a.opened_at, a.opened_at, a.opened_at,
      case when a.state = 'active' then null else a.opened_at + interval '7 days' end
    from (select *, case when is_open and i % 10 = 2 or i % 20 = 3 then 'active' when i % 50 = 4 then 'overturned' else 'expired' end as state
      from bench_action) a
    join bench_staff s on s.n = 1 + a.i % ${staffPeople}
    cross join (select id from policy_version order by id desc limit 1) p`;
  await sql`insert into appeal (account_id, action_id, case_id, state, cause, changed, prevention, created_at, due_at, decided_at)
    select x.account_id, x.id, x.case_id, case when x.n <= 60 then 'submitted' else (array['granted', 'rejected'])[1 + x.n % 2] end,
      'A loop in our importer.', 'It waits now.', 'A test holds it.', now() - make_interval(hours => x.n::int), now() + make_interval(hours => 72 - x.n::int % 90),
      case when x.n <= 60 then null else now() - make_interval(hours => x.n::int - 2) end
    from (select *, row_number() over (order by created_at desc) as n from action where type <> 'notice' limit 800) x`;
  await sql`insert into report (kind, state, about, body, created_at)
    select (array['abuse', 'vulnerability'])[1 + i % 2], case when i <= 80 then 'new' else 'closed' end, 'https://example.com/' || i,
      'Many unwanted calls from this client.', now() - make_interval(hours => i) from generate_series(1, 3000) g(i)`;
  await sql`insert into mail (kind, to_address, account_id, subject, state, created_at, sent_at)
    select 'notice', 'someone-' || m % 500 || '@example.com', c.account_id, 'About your account', case when m % 40 = 0 then 'failed' else 'sent' end,
      now() - make_interval(mins => m * 9), case when m % 40 = 0 then null else now() - make_interval(mins => m * 9) end
    from generate_series(1, 30000) g(m) join bench_case c on c.i = 1 + m % ${cases}`;
  await sql`insert into audit_event (id, at, account_id, actor_kind, actor_user_id, actor_name, action, subject_kind, subject_id, data, request_id, hash)
    select b.last + row_number() over (), now() - make_interval(mins => 200000 - m * 2), c.account_id, 'staff', s.id, 'Staff ' || s.n,
      (array['case.claim', 'case.note', 'action.impose', 'case.close'])[1 + m % 4], 'case', c.id::text, '{}', 'bench', repeat('0', 64)
    from (select coalesce(max(id), 0) as last from audit_event) b cross join generate_series(1, 100000) g(m)
    join bench_case c on c.i = 1 + m % ${cases} join bench_staff s on s.n = 1 + m % ${staffPeople}`;
  await sql`insert into view_event (at, user_id, user_name, role, account_id, what, subject_id, request_id)
    select now() - make_interval(mins => m * 3), s.id, 'Staff ' || s.n, 'reviewer', c.account_id, 'case', c.id::text, 'bench'
    from generate_series(1, 50000) g(m) join bench_case c on c.i = 1 + m % ${cases} join bench_staff s on s.n = 1 + m % ${staffPeople}`;
  const [first] = await sql`select id, account_id from bench_case where is_open order by i limit 1 offset 1`;
  return { caseId: first.id, staffAccountId: first.account_id, batchId: batch.id };
}

/** A person who leads the desk, signed in: the session's id. */
export async function addStaff(sql) {
  const [person] = await sql`insert into "user" (email, name) values ('lead@example.com', 'Lead')
    on conflict (email) do update set name = excluded.name returning id`;
  await sql`insert into staff_member (user_id, role) values (${person.id}, 'admin') on conflict do nothing`;
  const [session] =
    await sql`insert into session (user_id, expires_at) values (${person.id}, now() + interval '1 hour') returning id`;
  return { userId: person.id, sessionId: session.id };
}

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAppeals } from "#core/appeals/list-appeals.ts";
import { verifyAudit } from "#core/audit/verify-audit.ts";
import { signIn } from "#core/auth/sign-in.ts";
import { listCases } from "#core/cases/list-cases.ts";
import { detect } from "#core/detection/detect.ts";
import { getHistory } from "#core/enforcement/get-history.ts";
import { getStanding } from "#core/enforcement/get-standing.ts";
import { listActions } from "#core/enforcement/list-actions.ts";
import { settleActions } from "#core/enforcement/settle-actions.ts";
import { type Ctx, jobCtx } from "#core/frame/context.ts";
import { investigate } from "#core/investigate/investigate.ts";
import { tidy } from "#core/jobs/tidy.ts";
import { listReports } from "#core/reports/list-reports.ts";
import { logger } from "#core/runtime/log.ts";
import { listTokens } from "#core/tokens/list-tokens.ts";
import { getLive } from "#core/usage/get-live.ts";
import { getUsageSeries } from "#core/usage/get-usage-series.ts";
import { listRefusals } from "#core/usage/list-refusals.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { cast, desk } from "./companies.ts";
import { type Demo, seedDemo } from "./seed-demo.ts";

const now = new Date("2026-11-24T12:12:30Z");
const password = "correct-horse-battery-41";

describe("the demo", () => {
  let database: TestDatabase;
  let demo: Demo;
  let kept: Demo | null = null;
  const job = () => jobCtx(database.db, "test", now);
  const value = async (query: string) => Number((await database.sql.unsafe(query))[0]?.n);
  beforeAll(async () => {
    database = await testDatabase();
    demo = await seedDemo(job(), database.db, password, (made) => {
      kept = made;
    });
  }, 180_000);
  afterAll(() => database.close());

  const visitor = (): Ctx => ({ ...job(), actor: { kind: "visitor" } });
  async function asOwner(account: string): Promise<Ctx> {
    const [row] = await database.sql`
      select a.id, m.user_id, u.name from account a join member m on m.account_id = a.id join "user" u on u.id = m.user_id
      where a.name = ${account} and m.role = 'owner'`;
    const actor = {
      kind: "member",
      userId: row?.user_id,
      sessionId: row?.user_id,
      name: row?.name,
      accountId: row?.id,
    } as const;
    return { ...job(), actor: { ...actor, role: "owner" } };
  }
  async function accountIdOf(name: string): Promise<string> {
    const [row] = await database.sql`select id from account where name = ${name}`;
    return String(row?.id);
  }
  async function asStaff(role: "lead" | "reviewer"): Promise<Ctx> {
    const [row] = await database.sql`
      select s.user_id, u.name from staff_member s join "user" u on u.id = s.user_id where s.role = ${role}`;
    return { ...job(), actor: { kind: "staff", userId: row?.user_id, sessionId: row?.user_id, name: row?.name, role } };
  }

  it("has accounts on all plans, and one of each kind of staff, who can all sign in with its password", async () => {
    const plans = await database.sql`
      select p.name, count(*)::int as n from account a join plan p on p.id = a.plan_id group by 1 order by min(p.position)`;
    expect(plans.map((row) => `${row.name} ${row.n}`)).toEqual([
      "Trial 4",
      "Hobby 9",
      "Starter 15",
      "Professional 9",
      "Enterprise 3",
    ]);
    const roles = await database.sql`select role from staff_member order by role`;
    expect(roles.map((row) => row.role)).toEqual(["admin", "lead", "reviewer", "support"]);
    expect(demo.signIns.people).toHaveLength(10);
    for (const { email } of demo.signIns.people) {
      expect(await signIn(visitor(), { email, password }), email).toMatchObject({ ok: true });
    }
    expect(kept).toBe(demo);
  });

  it("has minutes, hours and days that agree wherever they overlap", async () => {
    const pairs = [
      ["minute", "hour"],
      ["hour", "day"],
    ] as const;
    for (const [fine, coarse] of pairs) {
      const [row] = await database.sql.unsafe(`
        with fine as (select account_id, date_trunc('${coarse}', at) as at, token_id, endpoint_id, surface, outcome,
            sum(requests) as requests, sum(spent) as spent from usage_${fine} group by 1, 2, 3, 4, 5, 6),
          coarse as (select * from usage_${coarse} c where '${fine}' = 'hour' or exists
            (select 1 from usage_minute m where m.account_id = c.account_id and m.at >= c.at and m.at < c.at + interval '1 hour'))
        select count(*)::int as wrong, (select count(*)::int from fine) as rows
        from fine f full join coarse c using (account_id, at, token_id, endpoint_id, surface, outcome)
        where f.requests is distinct from c.requests or f.spent is distinct from c.spent`);
      expect(row?.rows, fine).toBeGreaterThan(5_000);
      expect(row?.wrong, `${fine} and ${coarse}`).toBe(0);
    }
    expect(await value("select count(distinct at)::int as n from usage_day")).toBe(91);
  });

  it("lets nobody beyond a limit: no minute beyond the rate limit, no day beyond the quota", async () => {
    const beyondRate = await database.sql`
      select a.name, m.at, e.name as endpoint, sum(m.requests)::int as n from usage_minute m
      join account a on a.id = m.account_id join endpoint e on e.id = m.endpoint_id
      left join override o on o.account_id = a.id and o.endpoint_id = e.id
      where m.outcome = 'allowed' group by a.name, m.at, e.name, e.rate_limit, o.value
      having sum(m.requests) > coalesce(o.value, e.rate_limit)`;
    expect(beyondRate).toEqual([]);
    const beyondQuota = await database.sql`
      select a.name, d.at, sum(d.spent)::int as n from usage_day d
      join account a on a.id = d.account_id join plan p on p.id = a.plan_id
      group by a.name, d.at, p.quota_per_day having sum(d.spent) > p.quota_per_day`;
    expect(beyondQuota).toEqual([]);
  });

  it("counts nothing outside the life of a token, and nothing in the future", async () => {
    const early = await database.sql`
      select t.name from usage_hour h join token t on t.id = h.token_id where h.at + interval '1 hour' <= t.created_at limit 1`;
    expect(early).toEqual([]);
    const after = await database.sql`
      select t.name from usage_minute m join token t on t.id = m.token_id
      where m.outcome = 'allowed' and m.at > least(t.revoked_at, t.paused_at, t.expires_at, ${now}::timestamptz) limit 1`;
    expect(after).toEqual([]);
    expect(await value("select count(*)::int as n from usage_minute where at >= '2026-11-24T12:12:00Z'")).toBe(0);
    expect(await value("select count(*)::int as n from token_last_use where at > '2026-11-24T12:12:30Z'")).toBe(0);
  });

  it("gives every row of usage to the account that holds its token", async () => {
    for (const table of ["usage_minute", "usage_hour", "usage_day", "refusal", "network_day"]) {
      const wrong = `select count(*)::int as n from ${table} u left join token t on t.id = u.token_id
        where t.id is null or t.account_id <> u.account_id`;
      expect(await value(wrong), table).toBe(0);
    }
    expect(await value("select sum(requests)::int as n from network_day")).toBe(
      await value("select sum(requests)::int as n from usage_day"),
    );
  });

  it("has a receipt for each refusal of the recent hours, up to what is kept", async () => {
    const wrong = `
      with counted as (select token_id, at, outcome, least(30, sum(requests)) as n from usage_minute where outcome <> 'allowed' group by 1, 2, 3),
        kept as (select token_id, date_trunc('minute', at) as at, code as outcome, count(*) as n from refusal group by 1, 2, 3)
      select count(*)::int as n from counted c full join kept k using (token_id, at, outcome) where c.n is distinct from k.n`;
    expect(await value(wrong)).toBe(0);
    const codes = await database.sql`select distinct code from refusal order by code`;
    expect(codes.map((row) => row.code)).toEqual([
      "account_suspended",
      "insufficient_scope",
      "rate_limited",
      "token_expired",
      "token_revoked",
    ]);
  });

  it("shows a member what is theirs and nothing else", async () => {
    const owner = await asOwner(cast.excess);
    const accountId = owner.actor.kind === "member" ? owner.actor.accountId : "";
    const tokens = await listTokens(owner, {});
    const states = new Set(tokens.map((one) => one.state));
    expect([...states].sort()).toEqual(["active", "expired", "paused", "revoked"]);
    const ids = new Set(tokens.map((one) => one.id));
    const series = await getUsageSeries(owner, { range: "90d", groupBy: "token" });
    expect(series.keys.length).toBeGreaterThan(3);
    expect(series.keys.every(({ key }) => ids.has(key))).toBe(true);
    const shown = series.keys.reduce((sum, key) => sum + key.requests, 0);
    expect(shown).toBe(
      await value(
        `select sum(requests)::int as n from usage_day where account_id = '${accountId}' and at >= '2026-08-27'`,
      ),
    );
    const { refusals } = await listRefusals(owner, { limit: 100 });
    expect(refusals).toHaveLength(100);
    expect(refusals.every((one) => ids.has(one.tokenId))).toBe(true);
    const other = await value(`select count(*)::int as n from account where id <> '${accountId}'`);
    expect(other).toBe(39);
  });

  it("tells its stories: cases, actions and standings as staff and owners see them", async () => {
    const lead = await asStaff("lead");
    const { cases } = await listCases(lead, {});
    const flags = cases.map(
      (one) => `${one.accountName}: ${one.flags.map((flag) => flag.detector).join(", ")}, ${one.state}`,
    );
    expect(flags.sort()).toEqual(
      [
        `${cast.pending}: rate_excess, pending_approval`,
        `${cast.probing}: probing, new`,
        `${cast.suspended}: rate_excess, assigned`,
        `${cast.excess}: rate_excess, new`,
        `${cast.claimed}: rate_excess, assigned`,
      ].sort(),
    );
    const { cases: closed } = await listCases(lead, { view: "closed" });
    expect(closed.map((one) => one.outcome).sort()).toEqual(["broken_client_helped", "suspended"]);
    const actions = await database.sql`
      select a.name, x.state, x.confirmed_at - x.applied_at as took from action x join account a on a.id = x.account_id order by x.created_at, a.name`;
    expect(actions.map((row) => `${row.name} ${row.state}`)).toEqual([
      `${desk.struckLongAgo} expired`,
      `${cast.lifted} lifted`,
      ...[...desk.batch].sort().map((name) => `${name} active`),
      `${cast.suspended} active`,
      `${desk.scheduled} scheduled`,
      `${desk.silent} active`,
      `${cast.pending} pending_approval`,
    ]);
    const suspended = await getStanding(await asOwner(cast.suspended), {});
    expect(suspended.standing).toBe("suspended");
    expect(suspended.actions[0]?.statement?.evidence?.totals.refused).toBeGreaterThan(1_000);
    expect((await getStanding(await asOwner(cast.lifted), {})).standing).toBe("good");
    expect((await getLive(await asOwner(cast.nearlySpent), {})).quota).toMatchObject({ limit: 1_000, used: 950 });
    expect(await listTokens(await asOwner(cast.empty), {})).toEqual([]);
  });

  it("has on its desk an open appeal, a silent act with its clock running, a scheduled act and one act on many", async () => {
    const lead = await asStaff("lead");
    const appeals = await listAppeals(lead, { open: true });
    expect(appeals.map((one) => `${one.accountName} ${one.state}`)).toEqual([`${cast.suspended} submitted`]);
    const actions = await listActions(lead, { states: ["active", "scheduled"] });
    const of = (name: string) => actions.find((one) => one.accountName === name);
    expect(of(desk.silent)).toMatchObject({ isSilent: true, state: "active" });
    expect(of(desk.silent)?.noticeDueAt?.getTime()).toBeGreaterThan(now.getTime());
    expect(of(desk.scheduled)?.effectiveAt?.getTime()).toBeGreaterThan(now.getTime());
    // Its owner sees that there is something, and has not been told what.
    const { actions: seen } = await getStanding(await asOwner(desk.silent), {});
    expect(seen).toMatchObject([{ type: "throttle", statement: null }]);
    const batch = new Set(desk.batch.map((name) => of(name)?.batchId));
    expect([...batch]).toEqual([expect.any(String)]);
    expect(of(desk.batch[0])).toMatchObject({ accounts: desk.batch.length, type: "notice" });
  });

  it("has reports, one of them taken, and strikes that count no more", async () => {
    const lead = await asStaff("lead");
    const reports = await listReports(lead, {});
    expect(reports.map((one) => `${one.kind} ${one.state}`)).toEqual(["abuse assigned", "vulnerability new"]);
    const { strikes } = await getHistory(lead, { accountId: await accountIdOf(desk.struckLongAgo) });
    expect(strikes.map((one) => `${one.type} ${one.counts}`)).toEqual(["throttle false"]);
  });

  it("answers from which networks and by which clients its traffic came, to the same sums", async () => {
    const counted = "select sum(requests)::int as n from";
    expect(await value(`${counted} traffic_day`)).toBe(await value(`${counted} usage_day`));
    const since = "where at >= '2026-11-11'";
    expect(await value(`${counted} traffic_hour ${since}`)).toBe(await value(`${counted} usage_hour ${since}`));
    const found = await investigate(await asStaff("reviewer"), { hours: 24, outcome: "refused", order: "accounts" });
    expect(found.networkRequests).toBe(found.requests);
    expect(found.tops.client.length).toBeGreaterThan(2);
  });

  it("has an audit log that is whole and lies in the order of time", async () => {
    const verdict = await verifyAudit(database.db);
    expect(verdict).toMatchObject({ brokenAt: null });
    expect(verdict.events).toBeGreaterThan(400);
    const back = `select count(*)::int as n from (select at, lag(at) over (order by id) as before from audit_event
      where action not in ('session.open', 'session.refuse')) a where at < before`;
    expect(await value(back)).toBe(0);
    const leaks = `select count(*)::int as n from audit_event where data::text ~ 'gth_[A-Za-z0-9]{20}' or data::text like '%${password}%'`;
    expect(await value(leaks)).toBe(0);
  });

  it("is left as it is by the worker: nothing is flagged anew, settled or dropped", async () => {
    const hours = await value("select sum(requests)::int as n from traffic_hour");
    expect((await detect(database.db, now, logger("test"))).opened).toBe(0);
    const settled = await settleActions(job(), {});
    expect(settled).toEqual({ started: 0, confirmed: 0, alarms: 0, expired: 0, told: 0, woundDown: 0 });
    // A story of three weeks ago has minutes, and with them came a partition in which nothing is.
    const { dropped } = await tidy(database.db, now);
    expect(dropped.filter((name) => !name.startsWith("traffic_hour"))).toEqual([]);
    expect(await value("select sum(requests)::int as n from traffic_hour")).toBe(hours);
  });

  it("has live clients for tokens that are there, also for those that are refused", async () => {
    expect(demo.clients.length).toBeGreaterThan(90);
    const accounts = new Set(demo.clients.map((one) => one.account));
    for (const name of [cast.excess, cast.suspended, cast.nearlySpent, cast.bursting]) expect(accounts).toContain(name);
    expect(accounts).not.toContain(cast.empty);
    expect(demo.clients.filter((one) => one.burst !== null)).toHaveLength(2);
    expect(demo.clients.some((one) => one.uses.some((use) => use.surface === "smtp"))).toBe(true);
  });
});

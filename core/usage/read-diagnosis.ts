import { and, eq, gte, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { token } from "#db/schema/tokens.ts";
import { networkDay, refusal, usageHour, usageMinute } from "#db/schema/usage.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { timeOrText } from "../frame/given-as-text.ts";
import { inSnapshot } from "../frame/in-snapshot.ts";
import { courseMs, spellMs } from "../rules/diagnosis/course.ts";
import { diagnose } from "../rules/diagnosis/diagnose.ts";
import type {
  BurstSecond,
  DiagnosisFacts,
  EndpointFacts,
  Finding,
  FindingKind,
  LimitedSpell,
  OutcomeCount,
  RefusedRequest,
  TooDear,
} from "../rules/diagnosis/finding.ts";
import { dayStartMs } from "../rules/limits/quota.ts";
import { dayMs, hourMs, secondMs } from "../rules/time.ts";
import { type DecisionCode, isDecisionCode } from "../rules/vocabulary.ts";
import { type LimitsInForce, limitsInForce } from "./limits-in-force.ts";
import { limiterSchema } from "./list-refusals.ts";
import { readAnswered } from "./read-answered.ts";

/** Codes of which the diagnosis needs to know the request itself. */
const toldByRequest: DecisionCode[] = [
  "unknown_endpoint",
  "endpoint_denied",
  "ip_not_allowed",
  "account_ip_not_allowed",
  "insufficient_scope",
  "quota_exceeded",
];
/** Pairs of token and endpoint whose last refusals are looked at by the second, the latest first. */
const mostSpells = 20;
const mostRefused = 500;

/** One mistake of a client, with the names of its token and endpoint as they are now. */
export type NamedFinding = Omit<Finding, "kind" | "facts"> & {
  kind: FindingKind;
  title: string;
  /** One sentence with the numbers. */
  evidence: string;
  /** The one thing to change. */
  instruction: string;
  /** Null = no token, or one that is no longer there. */
  tokenName: string | null;
  endpoint: Pick<EndpointFacts, "surface" | "method" | "path" | "name"> | null;
};

/**
 * What an account's clients do wrong, from its last 24 hours, what costs most refusals first. The caller has checked whose account
 * it is. `known`: its limits, when they have been asked for already.
 */
export function readDiagnosis(ctx: Ctx, accountId: string, known?: LimitsInForce): Promise<NamedFinding[]> {
  return inSnapshot(ctx, (inner) => read(inner, accountId, known));
}

async function read(ctx: Ctx, accountId: string, known?: LimitsInForce): Promise<NamedFinding[]> {
  const nowMs = ctx.now.getTime();
  const fromMs = nowMs - (nowMs % hourMs) - 23 * hourMs;
  const [limits, counts, minutes] = await Promise.all([
    known ?? limitsInForce(ctx, accountId),
    readCounts(ctx, accountId, fromMs),
    readMinutes(ctx, accountId),
  ]);
  const has = (...wanted: DecisionCode[]) => counts.some((one) => wanted.includes(one.outcome));
  const [tooDear, spells, bursts, refused, networks, answers] = await Promise.all([
    has("rate_limited", "quota_exceeded") ? readTooDear(ctx, accountId, fromMs) : [],
    has("rate_limited") ? readSpells(ctx, accountId, fromMs) : [],
    has("rate_limited") ? readBursts(ctx, accountId) : [],
    has(...toldByRequest) ? readRefused(ctx, accountId, fromMs) : [],
    has("rate_limited") ? readNetworks(ctx, accountId) : [],
    readAnswered(ctx, accountId, fromMs, limits.endpoints),
  ]);
  const facts: DiagnosisFacts = {
    ...{ nowMs, fromMs, quotaPerDay: limits.quotaPerDay, endpoints: limits.endpoints },
    ...{ counts: withLastMinute(counts, minutes), spells, bursts, tooDear, refused, minutes, networks },
    ...answers,
  };
  return named(ctx, accountId, diagnose(facts), limits);
}

type Minute = DiagnosisFacts["minutes"][number] & { outcome: DecisionCode };

async function readCounts(ctx: Ctx, accountId: string, fromMs: number): Promise<OutcomeCount[]> {
  const today = sql`filter (where ${usageHour.at} >= ${new Date(dayStartMs(ctx.now.getTime()))})`;
  const rows = await ctx.db
    .select({
      tokenId: usageHour.tokenId,
      endpointId: usageHour.endpointId,
      outcome: usageHour.outcome,
      requests: sql<number>`sum(${usageHour.requests})::float8`,
      requestsToday: sql<number>`coalesce(sum(${usageHour.requests}) ${today}, 0)::float8`,
      spentToday: sql<number>`coalesce(sum(${usageHour.spent}) ${today}, 0)::float8`,
      firstAt: sql<Date>`min(${usageHour.at})`.mapWith(usageHour.at),
      lastAt: sql<Date>`max(${usageHour.at})`.mapWith(usageHour.at),
    })
    .from(usageHour)
    .where(and(eq(usageHour.accountId, accountId), gte(usageHour.at, new Date(fromMs))))
    .groupBy(usageHour.tokenId, usageHour.endpointId, usageHour.outcome);
  return rows.flatMap(({ outcome, firstAt, lastAt, ...row }) =>
    isDecisionCode(outcome) ? [{ ...row, outcome, firstAtMs: firstAt.getTime(), lastAtMs: lastAt.getTime() }] : [],
  );
}

async function readMinutes(ctx: Ctx, accountId: string): Promise<Minute[]> {
  const rows = await ctx.db
    .select({
      at: usageMinute.at,
      tokenId: usageMinute.tokenId,
      endpointId: usageMinute.endpointId,
      outcome: usageMinute.outcome,
      requests: sql<number>`sum(${usageMinute.requests})::float8`,
    })
    .from(usageMinute)
    .where(and(eq(usageMinute.accountId, accountId), gte(usageMinute.at, new Date(ctx.now.getTime() - hourMs))))
    .groupBy(usageMinute.at, usageMinute.tokenId, usageMinute.endpointId, usageMinute.outcome);
  return rows.flatMap(({ at, outcome, ...row }) =>
    isDecisionCode(outcome) ? [{ ...row, outcome, atMs: at.getTime() }] : [],
  );
}

/** Hours say in which hour it was last; the minutes of the last hour say it better. */
function withLastMinute(counts: readonly OutcomeCount[], minutes: readonly Minute[]): OutcomeCount[] {
  const last = new Map<string, number>();
  const keyOf = (one: { tokenId: string; endpointId: number; outcome: string }) =>
    `${one.tokenId} ${one.endpointId} ${one.outcome}`;
  for (const minute of minutes) {
    const key = keyOf(minute);
    last.set(key, Math.max(last.get(key) ?? 0, minute.atMs));
  }
  return counts.map((one) => ({ ...one, lastAtMs: last.get(keyOf(one)) ?? one.lastAtMs }));
}

const spellRow = z.object({
  tokenId: z.string(),
  endpointId: z.number(),
  until: timeOrText(),
  limiter: limiterSchema.nullable().catch(null),
  seconds: z.array(z.object({ atMs: z.number(), allowed: z.number(), refused: z.number() })),
  waits: z.array(z.object({ atMs: z.number(), seconds: z.number(), address: z.string().nullable() })),
});

const spellSeconds = (courseMs + spellMs) / secondMs;

/** For each token and endpoint, the time up to its last refusal by a rate limit, to the end of that minute. */
async function readSpells(ctx: Ctx, accountId: string, fromMs: number): Promise<LimitedSpell[]> {
  const rows = await ctx.db.execute(sql`
    select l.token_id as "tokenId", l.endpoint_id as "endpointId", l.until, l.limiter,
      coalesce((select json_agg(json_build_object('atMs', extract(epoch from s.at) * 1000, 'allowed', s.allowed, 'refused', s.refused) order by s.at)
        from usage_seconds(${accountId}, l.until - make_interval(secs => ${spellSeconds}), date_trunc('minute', l.until) + interval '1 minute') s
        where s.token_id = l.token_id and s.endpoint_id = l.endpoint_id and s.at > l.until - make_interval(secs => ${spellSeconds})), '[]') as seconds,
      coalesce((select json_agg(json_build_object('atMs', extract(epoch from r.at) * 1000, 'seconds', r.retry_after_seconds, 'address', host(r.ip)))
        from refusal r where r.account_id = ${accountId} and r.token_id = l.token_id and r.endpoint_id = l.endpoint_id
          and r.code = 'rate_limited' and r.retry_after_seconds is not null
          and r.at > l.until - make_interval(secs => ${spellSeconds}) and r.at <= l.until), '[]') as waits
    from (
      select distinct on (token_id, endpoint_id) token_id, endpoint_id, at as until, limiter
      from refusal where account_id = ${accountId} and at >= ${new Date(fromMs)} and code = 'rate_limited'
      order by token_id, endpoint_id, at desc
    ) l order by l.until desc limit ${mostSpells}`);
  return z
    .array(spellRow)
    .parse([...rows])
    .map(({ until, ...row }) => ({ ...row, fromMs: until.getTime() - courseMs - spellMs, toMs: until.getTime() }));
}

const tooDearRow = z.object({
  ...{ tokenId: z.string(), endpointId: z.number(), requests: z.number(), cost: z.number() },
  ...{ limiter: limiterSchema, firstAt: timeOrText(), lastAt: timeOrText() },
});

async function readTooDear(ctx: Ctx, accountId: string, fromMs: number): Promise<TooDear[]> {
  const rows = await ctx.db.execute(sql`
    select token_id as "tokenId", endpoint_id as "endpointId", count(*)::int as requests,
      max((limiter ->> 'cost')::int) as cost, (array_agg(limiter order by at desc))[1] as limiter, min(at) as "firstAt", max(at) as "lastAt"
    from refusal where account_id = ${accountId} and at >= ${new Date(fromMs)} and code in ('rate_limited', 'quota_exceeded')
      and (limiter ->> 'cost')::int > (limiter ->> 'limit')::int
    group by token_id, endpoint_id`);
  return z
    .array(tooDearRow)
    .parse([...rows])
    .map(({ firstAt, lastAt, ...row }) => ({ ...row, firstAtMs: firstAt.getTime(), lastAtMs: lastAt.getTime() }));
}

/** Days of minutes that saw a burst of refusals: two periods of what happens once a day. */
const burstDays = 3;
const leastRefusedInBurst = 10;
const mostBurstSeconds = 5_000;

async function readBursts(ctx: Ctx, accountId: string): Promise<BurstSecond[]> {
  const from = new Date(ctx.now.getTime() - burstDays * dayMs);
  const rows = await ctx.db.execute(sql`
    with loud as (
      select token_id, endpoint_id, at from usage_minute
      where account_id = ${accountId} and at >= ${from} and outcome <> 'allowed'
      group by 1, 2, 3 having sum(requests) >= ${leastRefusedInBurst}
      union
      select token_id, endpoint_id, date_trunc('minute', at) from usage_second
      where account_id = ${accountId} and at >= ${from} and refused >= ${leastRefusedInBurst}
      order by 3 desc limit ${mostBurstSeconds}),
    seconds as (
      select s.*, max(s.refused) over (partition by l.token_id, l.endpoint_id, l.at) as most_refused
      from loud l cross join lateral usage_seconds(${accountId}, l.at, l.at + interval '1 minute') s
      where s.token_id = l.token_id and s.endpoint_id = l.endpoint_id)
    select token_id as "tokenId", endpoint_id as "endpointId", extract(epoch from at)::float8 * 1000 as "atMs", allowed, refused
    from seconds where most_refused >= ${leastRefusedInBurst}
    order by at desc limit ${mostBurstSeconds}`);
  return z.array(burstRow).parse([...rows]);
}

const burstRow = z.object({
  ...{ tokenId: z.string(), endpointId: z.number(), atMs: z.coerce.number(), allowed: z.number(), refused: z.number() },
});

async function readRefused(ctx: Ctx, accountId: string, fromMs: number): Promise<RefusedRequest[]> {
  const isByPath = sql`${refusal.code} in ('unknown_endpoint', 'endpoint_denied', 'ip_not_allowed', 'account_ip_not_allowed')`;
  const method = sql<string | null>`case when ${isByPath} then ${refusal.method} end`;
  const path = sql<string | null>`case when ${isByPath} then ${refusal.path} end`;
  const limiterName = sql<string | null>`${refusal.limiter} ->> 'name'`;
  const requests = sql<number>`count(*)::int`;
  const rows = await ctx.db
    .select({
      tokenId: refusal.tokenId,
      endpointId: refusal.endpointId,
      code: refusal.code,
      method,
      path,
      missingScope: refusal.missingScope,
      limiterName,
      requests,
      addresses: sql<number>`count(distinct ${refusal.ip})::int`,
      firstAt: sql<Date>`min(${refusal.at})`.mapWith(refusal.at),
      lastAt: sql<Date>`max(${refusal.at})`.mapWith(refusal.at),
    })
    .from(refusal)
    .where(
      and(eq(refusal.accountId, accountId), gte(refusal.at, new Date(fromMs)), inArray(refusal.code, toldByRequest)),
    )
    .groupBy(refusal.tokenId, refusal.endpointId, refusal.code, sql`4`, sql`5`, refusal.missingScope, sql`7`)
    .orderBy(sql`8 desc`)
    .limit(mostRefused);
  return rows.flatMap(({ firstAt, lastAt, code, ...row }) =>
    isDecisionCode(code) ? [{ ...row, code, firstAtMs: firstAt.getTime(), lastAtMs: lastAt.getTime() }] : [],
  );
}

async function readNetworks(ctx: Ctx, accountId: string): Promise<DiagnosisFacts["networks"]> {
  return ctx.db
    .select({ tokenId: networkDay.tokenId, network: networkDay.network, requests: networkDay.requests })
    .from(networkDay)
    .where(and(eq(networkDay.accountId, accountId), eq(networkDay.day, ctx.now.toISOString().slice(0, 10))))
    .limit(5_000);
}

async function named(
  ctx: Ctx,
  accountId: string,
  findings: readonly Finding[],
  { endpoints }: LimitsInForce,
): Promise<NamedFinding[]> {
  const ids = [...new Set(findings.flatMap((one) => one.tokenId ?? []))];
  const tokens =
    ids.length === 0
      ? []
      : await ctx.db
          .select({ id: token.id, name: token.name })
          .from(token)
          .where(and(eq(token.accountId, accountId), inArray(token.id, ids)));
  return findings.map(({ facts, kind, ...one }) => ({
    ...one,
    ...{ kind, ...words.finding({ kind, facts }) },
    tokenName: tokens.find(({ id }) => id === one.tokenId)?.name ?? null,
    endpoint: endpoints.find(({ id }) => id === one.endpointId) ?? null,
  }));
}

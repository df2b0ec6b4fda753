import { and, eq, gte, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { token } from "#db/schema/tokens.ts";
import { refusal, usageMinute, usageSecond } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { inSnapshot } from "../frame/in-snapshot.ts";
import type { AccountWindow } from "../rules/detectors/detector.ts";
import { hourMs, minuteMs } from "../rules/time.ts";
import { nilId } from "../rules/uuid.ts";
import { type DecisionCode, isDecisionCode } from "../rules/vocabulary.ts";
import { secondsOf } from "../usage/seconds-of.ts";
import { countedFromMs } from "./counted-from.ts";
import { readWrongPaths } from "./read-wrong-paths.ts";

const windowMs = hourMs;
const shortMs = 600_000;
const credentialCodes: DecisionCode[] = ["token_revoked", "token_expired", "ip_not_allowed", "account_ip_not_allowed"];

/**
 * The last hour of one account as detectors see it, all of it of one moment. Nothing from before its owner's
 * fix or `sinceMs` is in it; usage is known by the minute, so a minute that began before is left out.
 */
export function readWindow(ctx: Ctx, accountId: string, sinceMs = 0): Promise<AccountWindow> {
  return inSnapshot(ctx, async (inner) => {
    const nowMs = ctx.now.getTime();
    const countedMs = Math.max(sinceMs, await countedFromMs(inner, accountId));
    const since = (ms: number) => fromWholeMinute(Math.max(nowMs - ms, countedMs));
    // Single refusals are compared with counts of minutes, so both begin with a whole one.
    return read(inner, accountId, { from: since(windowMs), fromShort: since(shortMs) });
  });
}

/** What is kept of one account between two moments, to be looked at window by window. What only ten minutes tell is left out. */
export function readSpan(ctx: Ctx, accountId: string, from: Date, to: Date): Promise<AccountWindow> {
  return inSnapshot({ ...ctx, now: to }, (inner) => read(inner, accountId, { from, fromShort: from, to }));
}

type Span = { from: Date; fromShort: Date; to?: Date };

async function read(ctx: Ctx, accountId: string, { from, fromShort, to }: Span): Promise<AccountWindow> {
  const nowMs = ctx.now.getTime();
  const minutes = await ctx.db
    .select({
      at: usageMinute.at,
      tokenId: usageMinute.tokenId,
      endpointId: usageMinute.endpointId,
      outcome: usageMinute.outcome,
      requests: usageMinute.requests,
    })
    .from(usageMinute)
    .where(and(eq(usageMinute.accountId, accountId), gte(usageMinute.at, from), to && lt(usageMinute.at, to)));
  const waits = await ctx.db
    .select({
      at: refusal.at,
      tokenId: refusal.tokenId,
      endpointId: refusal.endpointId,
      seconds: refusal.retryAfterSeconds,
      address: sql<string | null>`host(${refusal.ip})`,
    })
    .from(refusal)
    .where(
      and(
        eq(refusal.accountId, accountId),
        gte(refusal.at, fromShort),
        to && lt(refusal.at, to),
        eq(refusal.code, "rate_limited"),
      ),
    )
    .limit(5_000);
  const counted = secondsOf(accountId, fromShort, to);
  const seconds =
    waits.length === 0
      ? []
      : await ctx.db
          .select({
            at: usageSecond.at,
            tokenId: usageSecond.tokenId,
            endpointId: usageSecond.endpointId,
            allowed: usageSecond.allowed,
            refused: usageSecond.refused,
          })
          .from(counted);
  // What fails today is in the networks of today, too.
  const usedBefore = sql`(${ctx.now}::timestamptz at time zone 'UTC')::date - 1`;
  const failing = to
    ? []
    : await ctx.db
        .selectDistinct({
          tokenId: refusal.tokenId,
          address: refusal.ip,
          isKnown: sql<boolean>`exists (select 1 from network_day n where n.account_id = ${accountId} and n.network >>= ${refusal.ip} and n.day < ${usedBefore})`,
        })
        .from(refusal)
        .where(
          and(
            eq(refusal.accountId, accountId),
            gte(refusal.at, fromShort),
            inArray(refusal.code, credentialCodes),
            isNotNull(refusal.ip),
          ),
        )
        .limit(1_000);
  const tokens = await ctx.db
    .select({ id: token.id, isRevoked: sql<boolean>`${token.revokedAt} is not null` })
    .from(token)
    .where(eq(token.accountId, accountId));
  return {
    nowMs,
    accountId,
    minutes: minutes.flatMap(({ at, outcome, ...row }) =>
      isDecisionCode(outcome) ? [{ ...row, outcome, atMs: at.getTime() }] : [],
    ),
    refusedPaths: await readWrongPaths(ctx, accountId, from, to),
    seconds: seconds.map(({ at, ...row }) => ({ ...row, atMs: at.getTime() })),
    waits: waits.flatMap(({ at, seconds: wait, ...row }) =>
      wait === null ? [] : [{ ...row, seconds: wait, atMs: at.getTime() }],
    ),
    failingAddresses: failing.flatMap(({ address, ...row }) => (address === null ? [] : [{ ...row, address }])),
    usualNetworks: failing.length === 0 ? 0 : await usualNetworks(ctx, accountId),
    unknownAttempts: to ? [] : await unknownAttempts(ctx, accountId, fromShort),
    tokens,
  };
}

/** Networks that one token used on its median day of the last four weeks but today and yesterday, the most of the account's tokens. */
async function usualNetworks(ctx: Ctx, accountId: string): Promise<number> {
  const today = sql`(${ctx.now}::timestamptz at time zone 'UTC')::date`;
  const [row] = await ctx.db.execute<{ networks: number | null }>(sql`
    select max(networks)::float8 as networks from (
      select percentile_cont(0.5) within group (order by networks) as networks from (
        select token_id, day, count(*) as networks from network_day
        where account_id = ${accountId} and day >= ${today} - 28 and day < ${today} - 1 group by token_id, day) per_day
      group by token_id) per_token`);
  return Number(row?.networks ?? 0);
}

function fromWholeMinute(atMs: number): Date {
  return new Date(Math.ceil(atMs / minuteMs) * minuteMs);
}

/** Attempts with unknown tokens from the networks that the account used today or yesterday. */
async function unknownAttempts(ctx: Ctx, accountId: string, from: Date): Promise<AccountWindow["unknownAttempts"]> {
  const sinceYesterday = sql`n.day >= (${ctx.now}::timestamptz at time zone 'UTC')::date - 1`;
  const rows = await ctx.db.execute<{ network: string; requests: number; tokens: number; accounts: number }>(sql`
    select a.network::text as network, sum(a.requests)::float8 as requests, bit_count(bit_or(a.token_bits))::int as tokens,
      (select count(distinct n.account_id)::int from network_day n where n.network = a.network and ${sinceYesterday}) as accounts
    from unknown_attempt a
    where a.at >= ${from} and a.code in ('unknown_token', 'malformed_token')
      and exists (select 1 from network_day n
        where n.account_id = ${accountId} and n.network = a.network and ${sinceYesterday})
    group by a.network`);
  if (rows.length === 0) return [];
  const own = await ctx.db.execute<{ address: string; network: string }>(sql`
    select host(r.ip) as address, set_masklen(r.ip::cidr, case family(r.ip) when 4 then 24 else 48 end)::text as network
    from refusal r join token_last_use l on l.ip = r.ip join token t on t.id = l.token_id
    where r.account_id = ${nilId} and r.at >= ${from} and r.code in ('unknown_token', 'malformed_token')
    group by r.ip having count(distinct t.account_id) = 1 and min(t.account_id::text) = ${accountId}
      and 2 * count(distinct r.receipt) > (select count(*) from refusal b where b.account_id = ${nilId} and b.at >= ${from}
        and b.code in ('unknown_token', 'malformed_token') and b.ip <<= set_masklen(r.ip::cidr, case family(r.ip) when 4 then 24 else 48 end))`);
  return [...rows].map((row) => ({
    ...row,
    requests: Number(row.requests),
    ownAddress: own.find((one) => one.network === row.network)?.address ?? null,
  }));
}

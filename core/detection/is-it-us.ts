import { sql } from "drizzle-orm";
import * as deskWords from "#words/desk.ts";
import type { Ctx } from "../frame/context.ts";
import type { DetectorId } from "../rules/detectors/detector.ts";
import { hourMs, minuteMs } from "../rules/time.ts";

/** More than this share of the active accounts flagged by one detector together says more about us than about them. */
const suspiciousShare = 0.05;
const fewestAccounts = 5;
const togetherMinutes = 15;
/** A limit that was changed this recently may be the cause. */
const afterChangeMinutes = 15;

/** Detectors of volume, which a change of ours can set off; a leaked token is never our doing. */
const mayBeUs: ReadonlySet<string> = new Set<DetectorId>([
  "rate_excess",
  "retry_storm",
  "quota_burn",
  "quota_overrun",
  "spike",
  "new_account_races",
  "broken_client",
]);

/**
 * Why flags of a detector may be our own fault now, or null: many accounts flagged together, or limits changed just before. Such
 * flags are held out of the queue and say so.
 */
export async function isItUs(ctx: Ctx): Promise<(detector: string) => string | null> {
  const since = new Date(ctx.now.getTime() - togetherMinutes * minuteMs);
  const hourAgo = new Date(ctx.now.getTime() - hourMs);
  const [active] = await ctx.db.execute<{ accounts: number }>(sql`
    select count(distinct account_id)::int as accounts from usage_hour where at >= date_trunc('hour', ${hourAgo}::timestamptz)`);
  const flagged = await ctx.db.execute<{ detector: string; accounts: number }>(sql`
    select detector, count(distinct account_id)::int as accounts from flag where raised_at >= ${since} group by detector`);
  const [change] = await ctx.db.execute<{ at: Date | null }>(sql`
    select max(from_at) as at from limit_fact where account_id is null
      and from_at between ${new Date(ctx.now.getTime() - afterChangeMinutes * minuteMs)} and ${ctx.now}
      and exists (select 1 from limit_fact older where older.account_id is null and older.from_at < limit_fact.from_at
        and older.kind = limit_fact.kind and older.plan_id is not distinct from limit_fact.plan_id
        and older.endpoint_id is not distinct from limit_fact.endpoint_id)`);
  const total = Number(active?.accounts ?? 0);
  const changedAt = change?.at ? new Date(change.at).toISOString().slice(11, 16) : null;
  return (detector) => {
    if (!mayBeUs.has(detector)) return null;
    const together = Number(flagged.find((row) => row.detector === detector)?.accounts ?? 0);
    if (together >= fewestAccounts && together > suspiciousShare * total)
      return deskWords.records.flaggedTogether(together, total, togetherMinutes);
    return changedAt === null ? null : deskWords.records.limitChangedBefore(changedAt);
  };
}

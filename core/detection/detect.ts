import { and, eq, gt, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { announcedLoad, flag, shadowSignal } from "#db/schema/abuse.ts";
import { outcome } from "#db/schema/gates.ts";
import { usageMinute } from "#db/schema/usage.ts";
import * as words from "#words/words.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { standingOf } from "../frame/standing-of.ts";
import type { AccountHistory, AccountWindow, Signal } from "../rules/detectors/detector.ts";
import { policyPatienceMs } from "../rules/privacy-policy.ts";
import { hourMs, minuteMs } from "../rules/time.ts";
import type { Logger } from "../runtime/log.ts";
import { afterDecisions, type Found } from "./after-decisions.ts";
import { countedFromMs } from "./counted-from.ts";
import { type DetectorSetting, detectorSettings } from "./detector-settings.ts";
import { isItUs } from "./is-it-us.ts";
import { offenceTimes } from "./offence-times.ts";
import { readHistory } from "./read-history.ts";
import { readWindow } from "./read-window.ts";
import { recordSignals } from "./record-signals.ts";

/** Fewer refusals, or distinct paths answered with 400 to 499, than this in an hour interest no detector of minutes; it keeps the quiet accounts out of the scan. */
const worthALook = 4;
/** An account of which nothing new was reported for longer is as it was at the last look. */
const newReportsMs = 5 * minuteMs;

export type Detection = { looked: number; opened: number };

/** Runs the detectors of minutes over every account with refusals, or with client errors that its API reported, in the last hour. One that fails is logged and stops no other. */
export async function detect(db: Database, now: Date, log: Logger): Promise<Detection> {
  const from = new Date(now.getTime() - hourMs);
  const rows = await db
    .select({ accountId: usageMinute.accountId })
    .from(usageMinute)
    .where(sql`${usageMinute.at} >= ${from} and ${usageMinute.outcome} <> 'allowed'`)
    .groupBy(usageMinute.accountId)
    .having(sql`sum(${usageMinute.requests}) >= ${worthALook}`);
  const reportedSince = new Date(now.getTime() - newReportsMs);
  const answered = await db
    .select({ accountId: outcome.accountId })
    .from(outcome)
    .where(sql`${outcome.at} >= ${from} and ${outcome.status} between 400 and 499`)
    .groupBy(outcome.accountId)
    .having(
      sql`count(distinct coalesce(${outcome.path}, ${outcome.endpointId}::text)) >= ${worthALook} and max(${outcome.receivedAt}) >= ${reportedSince}`,
    );
  const suspected = await db.execute<{ id: string }>(sql`
    select distinct n.account_id as id from unknown_attempt a join network_day n on n.network = a.network
    where a.at >= ${new Date(now.getTime() - 600_000)} and n.day >= (${now}::timestamptz at time zone 'UTC')::date - 1`);
  const ids = new Set([...[...rows, ...answered].map((row) => row.accountId), ...[...suspected].map((row) => row.id)]);
  return run(jobCtx(db, "Detectors", now), log, [...ids], "minutes", readWindow);
}

/** Runs the detectors of days and weeks over every account with traffic in the last two hours, or with an integration to look at. */
export async function detectInHistory(db: Database, now: Date, log: Logger): Promise<Detection> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from account where id in (
      select account_id from usage_hour where at >= ${new Date(now.getTime() - 2 * hourMs)}::timestamptz - interval '1 hour'
      union select account_id from integration where archived_at is null and cardinality(data_collected) > 0
        and (privacy_policy_url is null or policy_failing_since <= ${new Date(now.getTime() - policyPatienceMs)}))`);
  const ids = [...rows].map((row) => row.id);
  return run(jobCtx(db, "Detectors", now), log, ids, "history", readHistory);
}

type Seen = { minutes: AccountWindow; history: AccountHistory };

async function run<Kind extends keyof Seen>(
  ctx: Ctx,
  log: Logger,
  accountIds: readonly string[],
  kind: Kind,
  read: (ctx: Ctx, accountId: string, sinceMs?: number) => Promise<Seen[Kind]>,
): Promise<Detection> {
  const settings = (await detectorSettings(ctx)).filter((one) => one.detector.looksAt === kind && one.mode !== "off");
  const blame = await isItUs(ctx);
  let opened = 0;
  for (const accountId of accountIds) {
    const seen = await read(ctx, accountId);
    const found: Found[] = [];
    for (const setting of settings)
      for (const signal of evaluate(setting, kind, seen, log)) found.push({ setting, signal, sinceMs: null });
    if (found.length === 0) continue;
    const again = (setting: DetectorSetting, later: Seen[Kind]) => evaluate(setting, kind, later, log);
    const undecided = await afterDecisions(ctx, accountId, found, (sinceMs) => read(ctx, accountId, sinceMs), again);
    if (undecided.length === 0) continue;
    const heard = await uninhibited(ctx, accountId, undecided);
    await keepShadow(ctx, accountId, heard);
    const countedMs = await countedFromMs(ctx, accountId);
    const signals = await Promise.all(
      heard
        .filter(({ setting }) => setting.mode === "flags")
        .map(async ({ setting: { detector, number }, sinceMs, signal: { facts, seen, ...signal } }) => ({
          ...signal,
          summary: words.signal(facts, sinceMs),
          detector: detector.id,
          detectorVersion: detector.version,
          settingNumber: number,
          heldReason: blame(detector.id),
          ...(seen
            ? { firstSeenAt: new Date(seen.fromMs), lastSeenAt: new Date(seen.toMs) }
            : detector.offence && (await offenceTimes(ctx, accountId, detector.offence, signal, sinceMs ?? countedMs))),
        })),
    );
    if (signals.length > 0) opened += (await recordSignals(ctx, { accountId, signals })).opened.length;
  }
  return { looked: accountIds.length, opened };
}

function evaluate(
  setting: DetectorSetting,
  kind: keyof Seen,
  seen: AccountWindow | AccountHistory,
  log: Logger,
): Signal[] {
  const { detector, thresholds } = setting;
  try {
    if (detector.looksAt === "minutes" && kind === "minutes")
      return detector.evaluate(seen as AccountWindow, thresholds);
    if (detector.looksAt === "history" && kind === "history")
      return detector.evaluate(seen as AccountHistory, thresholds);
  } catch (error) {
    log.error({ detector: detector.id, err: error }, "A detector failed; the others go on");
  }
  return [];
}

/** Leaves out what something else explains: a suspension in force, a load that was announced, a leaked token. */
async function uninhibited<One extends { setting: DetectorSetting; signal: Signal }>(
  ctx: Ctx,
  accountId: string,
  found: readonly One[],
): Promise<One[]> {
  const standing = await standingOf(ctx, accountId);
  const isSuspended = standing === "suspended" || standing === "terminated";
  const [load] = await ctx.db
    .select({ id: announcedLoad.id })
    .from(announcedLoad)
    .where(
      and(
        eq(announcedLoad.accountId, accountId),
        isNull(announcedLoad.cancelledAt),
        lte(announcedLoad.startsAt, ctx.now),
        gt(announcedLoad.endsAt, ctx.now),
      ),
    )
    .limit(1);
  const leaks = await ctx.db
    .select({ tokenId: flag.scopeId })
    .from(flag)
    .where(
      and(eq(flag.accountId, accountId), eq(flag.detector, "token_leak"), inArray(flag.state, ["open", "in_case"])),
    );
  return found.filter(({ setting: { detector }, signal }) => {
    if (isSuspended && detector.isSilencedBySuspension) return false;
    if (load && detector.respectsAnnouncedLoad) return false;
    if (!detector.isSilencedByLeak || leaks.length === 0) return true;
    return signal.scope === "token" && !leaks.some((leak) => leak.tokenId === signal.scopeId);
  });
}

async function keepShadow(
  ctx: Ctx,
  accountId: string,
  found: readonly { setting: DetectorSetting; signal: Signal }[],
): Promise<void> {
  const day = ctx.now.toISOString().slice(0, 10);
  for (const { setting, signal } of found) {
    if (setting.mode !== "shadow") continue;
    const { severity, scope, scopeId } = signal;
    const summary = words.signal(signal.facts);
    const seen = { severity, summary, lastSeenAt: ctx.now };
    await ctx.db
      .insert(shadowSignal)
      .values({ detector: setting.detector.id, day, accountId, scope, scopeId, ...seen })
      .onConflictDoUpdate({
        target: [
          shadowSignal.detector,
          shadowSignal.day,
          shadowSignal.accountId,
          shadowSignal.scope,
          shadowSignal.scopeId,
        ],
        set: seen,
      });
  }
}

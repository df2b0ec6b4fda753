import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { usageMinute } from "#db/schema/usage.ts";
import { readWindow } from "../abuse/read-window.ts";
import { recordSignals } from "../abuse/record-signals.ts";
import { jobCtx } from "../context.ts";
import { standingOf } from "../enforcement/standing-of.ts";
import type { Logger } from "../log.ts";
import type { Detector, Signal } from "../rules/detectors/detector.ts";
import { detectors } from "../rules/detectors/registry.ts";

/** Fewer refusals than this in an hour interest no detector; it keeps the quiet accounts out of the scan. */
const worthALook = 10;

/** Runs every detector over every account with refusals in the last hour. One that fails is logged and stops no other. */
export async function detect(db: Database, now: Date, log: Logger): Promise<{ looked: number; opened: number }> {
  const ctx = jobCtx(db, "Detectors", now);
  const from = new Date(now.getTime() - 3_600_000);
  const rows = await db
    .select({ accountId: usageMinute.accountId })
    .from(usageMinute)
    .where(sql`${usageMinute.at} >= ${from} and ${usageMinute.outcome} <> 'allowed'`)
    .groupBy(usageMinute.accountId)
    .having(sql`sum(${usageMinute.requests}) >= ${worthALook}`);
  let opened = 0;
  for (const { accountId } of rows) {
    const window = await readWindow(ctx, accountId);
    const standing = await standingOf(ctx, accountId);
    const isSuspended = standing === "suspended" || standing === "terminated";
    const signals = detectors
      .filter((detector) => !(isSuspended && detector.isSilencedBySuspension))
      .flatMap((detector) =>
        evaluate(detector, () => detector.evaluate(window, detector.defaults), log).map((signal) => ({
          ...signal,
          detector: detector.id,
          detectorVersion: detector.version,
        })),
      );
    if (signals.length === 0) continue;
    opened += (await recordSignals(ctx, { accountId, signals })).opened.length;
  }
  return { looked: rows.length, opened };
}

function evaluate(detector: Detector, run: () => Signal[], log: Logger): Signal[] {
  try {
    return run();
  } catch (error) {
    log.error({ detector: detector.id, err: error }, "A detector failed; the others go on");
    return [];
  }
}

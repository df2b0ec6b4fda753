import type { Ctx } from "../frame/context.ts";
import type { Signal } from "../rules/detectors/detector.ts";
import type { DetectorSetting } from "./detector-settings.ts";
import { readDecisions } from "./read-decisions.ts";

/** `sinceMs` = of what was seen only what came after a decision is in the signal; null = all of it is. */
export type Found = { setting: DetectorSetting; signal: Signal; sinceMs: number | null };

/**
 * What is left when only traffic after the last decision on its key counts: the same evidence must not be held against somebody
 * twice. Reads the account again for each moment at which something of it was decided.
 */
export async function afterDecisions<S>(
  ctx: Ctx,
  accountId: string,
  found: readonly Found[],
  readSince: (sinceMs: number) => Promise<S>,
  evaluateAgain: (setting: DetectorSetting, later: S) => Signal[],
): Promise<Found[]> {
  const decidedSince = await readDecisions(ctx, accountId);
  const reads = new Map<number, Promise<S>>();
  const left: Found[] = [];
  for (const one of found) {
    const { detector } = one.setting;
    const sinceMs = decidedSince(detector, one.signal);
    if (sinceMs === 0) {
      left.push(one);
      continue;
    }
    if (ctx.now.getTime() - sinceMs < (detector.quietAfterDecisionMs ?? 0)) continue;
    const later = reads.get(sinceMs) ?? readSince(sinceMs);
    reads.set(sinceMs, later);
    const signal = evaluateAgain(one.setting, await later).find(
      ({ scope, scopeId }) => scope === one.signal.scope && scopeId === one.signal.scopeId,
    );
    if (!signal) continue;
    const isWhole = JSON.stringify(signal.facts) === JSON.stringify(one.signal.facts);
    left.push({ ...one, signal, sinceMs: isWhole ? null : sinceMs });
  }
  return left;
}

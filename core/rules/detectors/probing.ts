import { hourMs } from "../time.ts";
import type { DecisionCode } from "../vocabulary.ts";
import { byToken, defineDetector, type RefusedPath, type Signal, sum } from "./detector.ts";

/** Refusals that say "you should not be asking for this", unlike a rate limit, which says "not so often". */
export const probingCodes: readonly DecisionCode[] = ["unknown_endpoint", "endpoint_denied", "insufficient_scope"];

/**
 * Looking for doors: many distinct paths that were refused. A leaky bucket over distinct paths per token (capacity and leak from
 * CrowdSec's http-probing), or a large share of such refusals over several paths. Repeating one wrong path is a broken client, not
 * probing.
 */
export const probing = defineDetector({
  id: "probing",
  version: 2,
  reasonCode: "probing",
  halfLifeDays: 3,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  offence: { outcomes: probingCodes, lookBackMs: hourMs },
  looksAt: "minutes",
  defaults: { capacity: 10, leakSeconds: 10, share: 0.3, minimumRequests: 200, minimumPaths: 5 },
  evaluate: (window, config) => {
    const paths = byToken(window.refusedPaths.filter((row) => probingCodes.includes(row.code)));
    const counts = byToken(window.minutes);
    const signals: Signal[] = [];
    for (const [tokenId, minutes] of counts) {
      const kept = paths.get(tokenId) ?? [];
      // Each that is kept is counted, too; what is said of them must hold also where the counts of its minute are not there.
      const counted = sum(minutes, window.nowMs - hourMs, probingCodes);
      const refused = Math.max(counted, kept.length);
      const requests = sum(minutes, window.nowMs - hourMs) - counted + refused;
      const spread = overflow(kept, config);
      const isLargeShare =
        spread.distinct >= config.minimumPaths &&
        requests >= config.minimumRequests &&
        refused >= config.share * requests;
      if (!spread.overflows && !isLargeShare) continue;
      signals.push({
        scope: "token",
        scopeId: tokenId,
        severity: 2,
        magnitude: Math.max(spread.distinct, refused),
        facts: { kind: "probing", distinctPaths: spread.distinct, isSample: kept.length < refused, refused, requests },
        evidence: { distinctPaths: spread.distinct, refusedAsNotAllowed: refused, requests60Minutes: requests },
      });
    }
    return signals;
  },
});

/** Pours every path's first appearance into the bucket; whether it ever ran over, and how many distinct paths there were. */
function overflow(paths: readonly RefusedPath[], config: { capacity: number; leakSeconds: number }) {
  const seen = new Set<string>();
  let level = 0;
  let lastMs = 0;
  let overflows = false;
  for (const { atMs, path } of paths) {
    if (seen.has(path)) continue;
    seen.add(path);
    level = Math.max(0, level - (atMs - lastMs) / (config.leakSeconds * 1000)) + 1;
    lastMs = atMs;
    if (level > config.capacity) overflows = true;
  }
  return { distinct: seen.size, overflows };
}

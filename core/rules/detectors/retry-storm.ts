import { byToken, count, defineDetector, percent, type Signal, type ToldToWait } from "./detector.ts";

const secondMs = 1_000;

/**
 * Calls inside the time that Retry-After said to wait. Measured per token and endpoint by the second: whatever comes after the
 * second of a refusal and before its wait is over is early. Share and minimum: moderation design, after GitHub's warning that
 * calling on while limited gets an integration banned.
 */
export const retryStorm = defineDetector({
  id: "retry_storm",
  version: 1,
  title: "Retries without waiting",
  meaning: "Repeats refused requests before the time that Retry-After names is over.",
  reasonCode: "retry_storm",
  halfLifeDays: 3,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  looksAt: "minutes",
  defaults: { share: 0.5, minimumEarly: 200 },
  evaluate: (window, config) => {
    const waits = byToken(window.waits);
    const refused = byToken(window.minutes.filter((one) => one.outcome === "rate_limited"));
    const fromMs = window.nowMs - 10 * 60_000;
    const signals: Signal[] = [];
    for (const [tokenId, told] of waits) {
      const all = (refused.get(tokenId) ?? []).reduce((sum, one) => sum + (one.atMs >= fromMs ? one.requests : 0), 0);
      const seconds = window.seconds.filter((one) => one.tokenId === tokenId);
      let early = 0;
      for (const [endpointId, spans] of spansOf(told)) {
        for (const second of seconds) {
          if (second.endpointId !== endpointId) continue;
          if (spans.some((span) => second.atMs > span.fromMs && second.atMs < span.toMs)) early += second.requests;
        }
      }
      if (all === 0 || early < config.minimumEarly || early / all < config.share) continue;
      signals.push({
        scope: "token",
        scopeId: tokenId,
        severity: 2,
        magnitude: early,
        summary: `${count(early)} requests before Retry-After was over, ${percent(early / all)} of ${count(all)} refusals in 10 min`,
        evidence: { early10Minutes: early, refused10Minutes: all },
      });
    }
    return signals;
  },
});

/** Per endpoint the times to wait, those that touch joined into one, so that no second counts twice. */
function spansOf(told: readonly ToldToWait[]): Map<number, { fromMs: number; toMs: number }[]> {
  const spans = new Map<number, { fromMs: number; toMs: number }[]>();
  for (const { atMs, endpointId, seconds } of [...told].sort((a, b) => a.atMs - b.atMs)) {
    const fromMs = Math.floor(atMs / secondMs) * secondMs;
    const toMs = atMs + seconds * secondMs;
    const own = spans.get(endpointId) ?? [];
    const last = own.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else own.push({ fromMs, toMs });
    spans.set(endpointId, own);
  }
  return spans;
}

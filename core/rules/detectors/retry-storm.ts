import { groupBy } from "../group-by.ts";
import { minuteMs } from "../time.ts";
import { earlyRequests } from "../usage/early-requests.ts";
import { byToken, defineDetector, type Signal } from "./detector.ts";

/**
 * Calls inside the time that Retry-After said to wait. Measured per token and endpoint by the second. Share and minimum: moderation
 * design, after GitHub's warning that calling on while limited gets an integration banned.
 */
export const retryStorm = defineDetector({
  id: "retry_storm",
  version: 1,
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
    const fromMs = window.nowMs - 10 * minuteMs;
    const signals: Signal[] = [];
    for (const [tokenId, told] of waits) {
      const all = (refused.get(tokenId) ?? []).reduce((sum, one) => sum + (one.atMs >= fromMs ? one.requests : 0), 0);
      const seconds = window.seconds.filter((one) => one.tokenId === tokenId);
      let early = 0;
      for (const [endpointId, waits] of groupBy(told, (one) => one.endpointId)) {
        early += earlyRequests(
          waits,
          seconds.filter((one) => one.endpointId === endpointId),
        );
      }
      if (all === 0 || early < config.minimumEarly || early / all < config.share) continue;
      signals.push({
        scope: "token",
        scopeId: tokenId,
        severity: 2,
        magnitude: early,
        facts: { kind: "retry_storm", early, refused: all },
        evidence: { early10Minutes: early, refused10Minutes: all },
      });
    }
    return signals;
  },
});

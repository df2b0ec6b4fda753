import { minuteMs } from "../time.ts";
import { byToken, defineDetector, type Signal, sum } from "./detector.ts";
import { waitingByToken } from "./waiting-by-token.ts";

/**
 * Calls refused inside the time that Retry-After said to wait, as a share of all that the rate limit refused; a call that was allowed
 * is never early. Per token and endpoint, each client address on its own. Share and minimum: moderation design, after GitHub's
 * warning that calling on while limited gets an integration banned.
 */
export const retryStorm = defineDetector({
  id: "retry_storm",
  version: 2,
  reasonCode: "retry_storm",
  halfLifeDays: 3,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: true,
  isSilencedByLeak: false,
  offence: { outcomes: ["rate_limited"], lookBackMs: 10 * minuteMs },
  looksAt: "minutes",
  defaults: { share: 0.5, minimumEarly: 200 },
  evaluate: (window, config) => {
    const minutes = byToken(window.minutes);
    const signals: Signal[] = [];
    for (const [tokenId, waiting] of waitingByToken(window)) {
      const refused = sum(minutes.get(tokenId) ?? [], window.nowMs - 10 * minuteMs, ["rate_limited"]);
      const early = Math.min(
        refused,
        waiting.reduce((all, one) => all + one.early, 0),
      );
      if (early === 0 || early < config.minimumEarly || early < config.share * refused) continue;
      signals.push({
        scope: "token",
        scopeId: tokenId,
        severity: 2,
        magnitude: early,
        facts: { kind: "retry_storm", early, refused },
        evidence: { early10Minutes: early, refused10Minutes: refused },
      });
    }
    return signals;
  },
});

import { hourMs } from "../time.ts";
import { byToken, defineDetector, type Signal, sum } from "./detector.ts";

/** A client that was forgotten when its token was revoked or ran out: it needs help, not a measure. */
export const deadTokenUse = defineDetector({
  id: "dead_token_use",
  version: 1,
  reasonCode: "other",
  halfLifeDays: 1,
  weight: 0.5,
  isSilencedBySuspension: false,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: true,
  offence: { outcomes: ["token_revoked", "token_expired"], lookBackMs: hourMs },
  usualOutcome: "broken_client_helped",
  looksAt: "minutes",
  defaults: { requestsPerHour: 100 },
  evaluate: (window, config) => {
    const dead = new Set(window.tokens.filter((one) => one.isRevoked).map((one) => one.id));
    const signals: Signal[] = [];
    for (const [tokenId, counts] of byToken(window.minutes)) {
      const expired = sum(counts, window.nowMs - hourMs, ["token_expired"]);
      const revoked = dead.has(tokenId) ? sum(counts, window.nowMs - hourMs, ["token_revoked"]) : 0;
      const calls = expired + revoked;
      if (calls < config.requestsPerHour) continue;
      signals.push({
        scope: "token",
        scopeId: tokenId,
        severity: 1,
        magnitude: calls,
        facts: { kind: "dead_token_use", calls, isRevoked: revoked > 0 },
        evidence: { calls60Minutes: calls },
      });
    }
    return signals;
  },
});

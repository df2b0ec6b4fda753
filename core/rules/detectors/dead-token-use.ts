import { count } from "../number-words.ts";
import { byToken, defineDetector, type Signal, sum } from "./detector.ts";

const hourMs = 3_600_000;

/** A client that was forgotten when its token was revoked or ran out: it needs help, not a measure. */
export const deadTokenUse = defineDetector({
  id: "dead_token_use",
  version: 1,
  title: "Dead token in use",
  meaning: "A revoked or expired token is still called with.",
  reasonCode: "other",
  halfLifeDays: 1,
  weight: 0.5,
  isSilencedBySuspension: false,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: true,
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
        summary: `${count(calls)} calls in an hour with a token that is ${revoked > 0 ? "revoked" : "expired"}`,
        evidence: { calls60Minutes: calls },
      });
    }
    return signals;
  },
});

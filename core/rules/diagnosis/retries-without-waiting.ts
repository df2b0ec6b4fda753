import { rateLimited, refusedOf, type SpellDiagnosis, waitingIn } from "./finding.ts";

export const minimumEarly = 10;
/** Of the refusals of the ten minutes. A client that waits and starts a moment too soon stays far below it. */
export const leastEarlyShare = 0.2;

/** Calls again before Retry-After is over; each such call is refused and helps nobody. */
export const retriesWithoutWaiting: SpellDiagnosis = {
  kind: "retries_without_waiting",
  unless: ["cost_above_limit", "no_backoff"],
  findIn: (spell, counts, ease) => {
    const { tokenId, endpointId, fromMs, toMs, seconds, limiter } = spell;
    const refused = refusedOf(seconds);
    const early = Math.min(refused, waitingIn(spell, ease).early);
    if (early < ease * minimumEarly || early < ease * leastEarlyShare * refused) return null;
    return {
      ...{ kind: "retries_without_waiting", tokenId, endpointId, fromMs, toMs, requests: early },
      refused: rateLimited(counts, spell),
      facts: { early, refused, limiter },
    };
  },
};

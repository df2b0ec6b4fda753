import { rateLimited, refusedOf, type SpellDiagnosis, waitingIn } from "./finding.ts";

const leastWorkers = 3;
const minimumShared = 10;
/** Of the refusals that are kept: those that came while another worker waited, and not just after it. */
const leastShare = 0.1;
/** One burst of calls at once is no fleet. */
const leastWaits = 2;

/** Several workers with one token, each of which may wait as it is told, and none knows what the others have used up. */
export const parallelWorkers: SpellDiagnosis = {
  kind: "parallel_workers",
  unless: ["cost_above_limit", "retries_without_waiting", "no_backoff", "thundering_herd"],
  findIn: (spell, counts, ease) => {
    const { tokenId, endpointId, fromMs, toMs, seconds, waits, limiter } = spell;
    const { workers, sharedWaits, earlyTogether, early } = waitingIn(spell, ease);
    const shared = Math.min(refusedOf(seconds), earlyTogether) - early;
    if (workers < leastWorkers || sharedWaits < ease * leastWaits) return null;
    if (shared < ease * minimumShared || shared < ease * leastShare * waits.length) return null;
    const refused = rateLimited(counts, spell);
    const addresses = new Set(waits.map((one) => one.address)).size;
    return {
      ...{ kind: "parallel_workers", tokenId, endpointId, fromMs, toMs, requests: shared, refused },
      facts: { workers, addresses, refused, limiter },
    };
  },
};

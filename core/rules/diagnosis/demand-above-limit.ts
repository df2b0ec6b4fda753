import { groupBy } from "../group-by.ts";
import { minuteMs, secondMs } from "../time.ts";
import { rateLimited, refusedOf, requestsOf, type SpellDiagnosis } from "./finding.ts";

const leastMinutes = 5;
const minimumRefused = 10;
/** Ten minutes touch eleven of the clock. */
const mostMinutes = 10;

/** Waits as it is told, and meets the limit again and again: it wants more than the limit lets through. No fault of its retries. */
export const demandAboveLimit: SpellDiagnosis = {
  kind: "demand_above_limit",
  unless: ["cost_above_limit", "retries_without_waiting", "thundering_herd", "parallel_workers", "no_backoff"],
  findIn: (spell, counts, ease) => {
    const { tokenId, endpointId, fromMs, toMs, seconds, limiter } = spell;
    const byMinute = groupBy(seconds, (one) => Math.floor(one.atMs / minuteMs));
    const minutes = [...byMinute.values()].filter((one) => refusedOf(one) > 0).length;
    const refused = refusedOf(seconds);
    if (limiter === null || minutes < ease * leastMinutes || refused < ease * minimumRefused) return null;
    const perMinute = requestsOf(seconds) / Math.min(mostMinutes, byMinute.size);
    return {
      ...{ kind: "demand_above_limit", tokenId, endpointId, fromMs, toMs, requests: refused },
      refused: rateLimited(counts, spell),
      facts: {
        ...{ refused, limiter, minutes: Math.min(mostMinutes, minutes) },
        perWindow: (perMinute * limiter.windowSeconds * secondMs) / minuteMs,
      },
    };
  },
};

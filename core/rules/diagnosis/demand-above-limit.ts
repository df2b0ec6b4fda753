import { groupBy } from "../group-by.ts";
import { minuteMs } from "../time.ts";
import { type Diagnosis, rateLimited, refusedOf, requestsOf } from "./finding.ts";

const leastMinutes = 5;
const minimumRefused = 10;
/** The ten minutes of a spell touch eleven of the clock. */
const mostMinutes = 10;

/** Waits as it is told, and meets the limit again and again: it wants more than the limit lets through. No fault of its retries. */
export const demandAboveLimit: Diagnosis = {
  kind: "demand_above_limit",
  unless: ["cost_above_limit", "retries_without_waiting", "thundering_herd", "parallel_workers", "no_backoff"],
  find: ({ spells, counts }) =>
    spells.flatMap((spell) => {
      const { tokenId, endpointId, fromMs, toMs, seconds, limiter } = spell;
      const byMinute = groupBy(seconds, (one) => Math.floor(one.atMs / minuteMs));
      const minutes = [...byMinute.values()].filter((one) => refusedOf(one) > 0).length;
      const refused = refusedOf(seconds);
      if (limiter === null || minutes < leastMinutes || refused < minimumRefused) return [];
      const perMinute = requestsOf(seconds) / Math.min(mostMinutes, byMinute.size);
      return [
        {
          ...{ kind: "demand_above_limit", tokenId, endpointId, fromMs, toMs, requests: refused },
          refused: rateLimited(counts, spell),
          facts: {
            ...{ refused, limiter, minutes: Math.min(mostMinutes, minutes) },
            perWindow: (perMinute * limiter.windowSeconds * 1000) / minuteMs,
          },
        },
      ];
    }),
};

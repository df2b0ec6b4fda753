import { groupBy } from "../group-by.ts";
import { hourMs } from "../time.ts";
import { type AccountDiagnosis, costToday, sumCounts } from "./finding.ts";

const leastMinutes = 50;
const leastPerMinute = 12;
/** Standard deviation over mean: by hand or by events it lies near 1 and above. */
const mostSpread = 0.3;

/**
 * Asks for the same thing at a steady pace all hour. Being regular is no fault; it is told only where it costs: a part of the quota,
 * or refusals.
 */
export const tightPolling: AccountDiagnosis = {
  kind: "tight_polling",
  unless: ["retries_without_waiting", "thundering_herd", "parallel_workers", "no_backoff", "demand_above_limit"],
  find: (facts) =>
    sumCounts(facts.counts, ["allowed", "rate_limited"], "endpoint").flatMap((one) => {
      const { tokenId, endpointId, lastAtMs } = one;
      const polled = facts.endpoints.find(({ id }) => id === endpointId);
      // A pattern stands for many paths.
      if (polled?.method !== "GET" || /[{*]/.test(polled.path)) return [];
      const own = facts.minutes.filter((row) => row.tokenId === tokenId && row.endpointId === endpointId);
      const perMinute = [...groupBy(own, (row) => row.atMs).values()].map((rows) =>
        rows.reduce((sum, row) => sum + row.requests, 0),
      );
      const mean = perMinute.reduce((sum, requests) => sum + requests, 0) / Math.max(1, perMinute.length);
      if (perMinute.length < leastMinutes || mean < leastPerMinute || spread(perMinute, mean) > mostSpread) return [];
      const { requests, refused, isCostly, quotaShare } = costToday(facts, one);
      if (!isCostly) return [];
      return [
        {
          ...{
            kind: "tight_polling",
            tokenId,
            endpointId,
            fromMs: facts.nowMs - hourMs,
            toMs: lastAtMs,
            requests,
            refused,
          },
          facts: { perMinute: mean, minutes: perMinute.length, cost: { requests, refused, quotaShare } },
        },
      ];
    }),
};

function spread(values: readonly number[], mean: number): number {
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return mean === 0 ? 0 : Math.sqrt(variance) / mean;
}

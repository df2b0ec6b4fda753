import { count, percent } from "../number-words.ts";
import { type Diagnosis, limitText, sumCounts } from "./finding.ts";

const minimumRefused = 100;
const leastNetworks = 3;
/** A network with less than this share of the token's requests is no worker of its own. */
const leastShare = 0.1;

/** Several machines with one token, of which none knows what the others have used up. */
export const parallelWorkers: Diagnosis = {
  kind: "parallel_workers",
  title: "Parallel workers share one token",
  unless: ["retries_without_waiting", "thundering_herd"],
  find: ({ counts, networks, spells, fromMs }) =>
    sumCounts(counts, ["rate_limited"], "endpoint").flatMap(({ tokenId, endpointId, requests: refused, lastAtMs }) => {
      if (refused < minimumRefused) return [];
      const own = networks.filter((one) => one.tokenId === tokenId);
      const all = own.reduce((sum, one) => sum + one.requests, 0);
      const workers = own.filter((one) => one.requests >= leastShare * all);
      if (workers.length < leastNetworks) return [];
      const busiest = Math.max(...workers.map((one) => one.requests));
      const limiter = spells.find((one) => one.tokenId === tokenId && one.endpointId === endpointId)?.limiter;
      return [
        {
          ...{ kind: "parallel_workers", tokenId, endpointId, fromMs, toMs: lastAtMs, requests: refused, refused },
          evidence: `${count(workers.length)} networks use this token today, the busiest for ${percent(busiest / all)} of its requests; ${count(refused)} were refused by the rate limit in 24 hours.`,
          instruction: `Let all workers take their calls from one queue that sends at most ${limiter ? limitText(limiter) : "as many as the limit allows"}: the limit counts them together.`,
        },
      ];
    }),
};

import { type Diagnosis, sumCounts } from "./finding.ts";

const minimumRefused = 100;
const leastNetworks = 3;
/** A network with less than this share of the token's requests is no worker of its own. */
const leastShare = 0.1;

/** Several machines with one token, of which none knows what the others have used up. */
export const parallelWorkers: Diagnosis = {
  kind: "parallel_workers",
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
          facts: { networks: workers.length, busiestShare: busiest / all, refused, limiter: limiter ?? null },
        },
      ];
    }),
};

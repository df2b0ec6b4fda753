import { earlyRequests } from "../usage/early-requests.ts";
import { type Diagnosis, rateLimited, requestsOf } from "./finding.ts";

const minimumEarly = 20;
/** Of all requests of the ten minutes. A client that waits and starts a moment too soon stays far below it. */
const leastShare = 0.2;

/** Calls again before Retry-After is over; each such call is refused and helps nobody. */
export const retriesWithoutWaiting: Diagnosis = {
  kind: "retries_without_waiting",
  find: ({ spells, counts }) =>
    spells.flatMap((spell) => {
      const { tokenId, endpointId, fromMs, toMs, seconds, waits, limiter } = spell;
      const refused = rateLimited(counts, spell);
      const all = requestsOf(seconds);
      const early = earlyRequests(
        waits,
        seconds.map(({ atMs, allowed, refused }) => ({ atMs, requests: allowed + refused })),
      );
      if (early < minimumEarly || early < leastShare * all) return [];
      return [
        {
          ...{ kind: "retries_without_waiting", tokenId, endpointId, fromMs, toMs, requests: early, refused },
          facts: { early, all, limiter },
        },
      ];
    }),
};

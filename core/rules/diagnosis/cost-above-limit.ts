import type { Diagnosis } from "./finding.ts";

/** One may be a try. */
const leastRequests = 3;

/** Sends what alone costs more than the whole limit: it can never pass, however long it waits. */
export const costAboveLimit: Diagnosis = {
  kind: "cost_above_limit",
  find: ({ tooDear, fromMs }) =>
    tooDear.flatMap(({ tokenId, endpointId, requests, cost, limiter, lastAtMs }) =>
      requests < leastRequests
        ? []
        : [
            {
              ...{ kind: "cost_above_limit", tokenId, endpointId, fromMs, toMs: lastAtMs, requests, refused: requests },
              facts: { requests, cost, limiter },
            },
          ],
    ),
};

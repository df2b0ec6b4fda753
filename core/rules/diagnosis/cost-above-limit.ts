import type { AccountDiagnosis } from "./finding.ts";

/** One may be a try. */
const leastRequests = 3;

/** Sends what alone costs more than the whole limit: it can never pass, however long it waits. */
export const costAboveLimit: AccountDiagnosis = {
  kind: "cost_above_limit",
  find: ({ tooDear }) =>
    tooDear.flatMap(({ tokenId, endpointId, requests, cost, limiter, firstAtMs, lastAtMs }) =>
      requests < leastRequests
        ? []
        : [
            {
              ...{
                kind: "cost_above_limit",
                tokenId,
                endpointId,
                fromMs: firstAtMs,
                toMs: lastAtMs,
                requests,
                refused: requests,
              },
              facts: { requests, cost, limiter },
            },
          ],
    ),
};

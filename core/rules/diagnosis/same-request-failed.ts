import { lastingStatuses } from "./answered.ts";
import { type AccountDiagnosis, sumCounts } from "./finding.ts";

const minimumRequests = 100;
/** Of the token's calls of that endpoint: below it the requests that fail are not all alike, as with what people type into a form. */
const leastShare = 0.5;

/** The API answers most calls of one endpoint with the same lasting error, and the client sends them again and again. */
export const sameRequestFailed: AccountDiagnosis = {
  kind: "same_request_failed",
  find: ({ answered = [], counts }) =>
    answered.flatMap(({ tokenId, endpointId, status: answer, method, path, requests, firstAtMs, lastAtMs }) => {
      const status = lastingStatuses.find((one) => one === answer);
      if (!status || requests < minimumRequests) return [];
      const own = counts.filter((one) => one.tokenId === tokenId && one.endpointId === endpointId);
      const all = Math.max(requests, sumCounts(own, ["allowed"], "endpoint")[0]?.requests ?? 0);
      if (requests < leastShare * all) return [];
      return [
        {
          ...{ kind: "same_request_failed", tokenId, endpointId: endpointId === 0 ? null : endpointId },
          ...{ fromMs: firstAtMs, toMs: lastAtMs, requests, refused: requests },
          facts: { requests, all, status, method, path },
        },
      ];
    }),
};

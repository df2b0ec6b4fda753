import type { AccountDiagnosis } from "./finding.ts";

const minimumIds = 50;
/** Numbers that lie so close are counted through; what is looked up by a list lies further apart. */
const mostApart = 4;

/** Tries the numbers of one route one after the other, and few of them are there. */
export const walkingIds: AccountDiagnosis = {
  kind: "walking_ids",
  find: ({ walked = [] }) =>
    walked.flatMap(({ tokenId, endpointId, method, path, requests, ids, lowest, highest, firstAtMs, lastAtMs }) => {
      if (ids < minimumIds || highest - lowest + 1 > mostApart * ids) return [];
      return [
        {
          ...{ kind: "walking_ids", tokenId, endpointId: endpointId === 0 ? null : endpointId },
          ...{ fromMs: firstAtMs, toMs: lastAtMs, requests, refused: requests },
          facts: { requests, ids, lowest, highest, method, path },
        },
      ];
    }),
};

import { type Diagnosis, sumCounts } from "./finding.ts";

const minimumRefused = 10;

/** Asks again and again for what the token may not do. */
export const missingScope: Diagnosis = {
  kind: "missing_scope",
  find: ({ counts, refused: kept, fromMs }) =>
    sumCounts(counts, ["insufficient_scope"], "endpoint").flatMap(({ tokenId, endpointId, requests, lastAtMs }) => {
      if (requests < minimumRefused) return [];
      const scope = kept.find(
        (one) => one.tokenId === tokenId && one.endpointId === endpointId && one.missingScope !== null,
      )?.missingScope;
      return [
        {
          ...{ kind: "missing_scope", tokenId, endpointId, fromMs, toMs: lastAtMs, requests, refused: requests },
          facts: { requests, scope: scope ?? null },
        },
      ];
    }),
};

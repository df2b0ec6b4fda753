import { type AccountDiagnosis, sumCounts } from "./finding.ts";

const minimumRefused = 10;

/** Asks again and again for what the token may not do. */
export const missingScope: AccountDiagnosis = {
  kind: "missing_scope",
  find: ({ counts, refused: kept }) =>
    sumCounts(counts, ["insufficient_scope"], "endpoint").flatMap(
      ({ tokenId, endpointId, requests, firstAtMs, lastAtMs }) => {
        if (requests < minimumRefused) return [];
        const scope = kept.find(
          (one) => one.tokenId === tokenId && one.endpointId === endpointId && one.missingScope !== null,
        )?.missingScope;
        return [
          {
            ...{
              kind: "missing_scope",
              tokenId,
              endpointId,
              fromMs: firstAtMs,
              toMs: lastAtMs,
              requests,
              refused: requests,
            },
            facts: { requests, scope: scope ?? null },
          },
        ];
      },
    ),
};

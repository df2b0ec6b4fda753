import { count } from "../number-words.ts";
import { type Diagnosis, sumCounts } from "./finding.ts";

const minimumRefused = 10;

/** Asks again and again for what the token may not do. */
export const missingScope: Diagnosis = {
  kind: "missing_scope",
  title: "A scope is missing",
  find: ({ counts, refused: kept, fromMs }) =>
    sumCounts(counts, ["insufficient_scope"], "endpoint").flatMap(({ tokenId, endpointId, requests, lastAtMs }) => {
      if (requests < minimumRefused) return [];
      const scope = kept.find(
        (one) => one.tokenId === tokenId && one.endpointId === endpointId && one.missingScope !== null,
      )?.missingScope;
      return [
        {
          ...{ kind: "missing_scope", tokenId, endpointId, fromMs, toMs: lastAtMs, requests, refused: requests },
          evidence: `${count(requests)} requests in 24 hours were refused because the token lacks ${scope ? `the scope ${scope}` : "a scope"}.`,
          instruction: `Give the token ${scope ? `the scope ${scope}` : "the scope"} under Edit if its client should do this, or take the call out of the client.`,
        },
      ];
    }),
};

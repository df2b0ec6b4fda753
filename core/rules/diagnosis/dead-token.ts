import { type Diagnosis, deadTokenCodes, sumCounts } from "./finding.ts";

const minimumRefused = 20;

/** A client that nobody has told that its token is revoked, expired or paused. */
export const deadToken: Diagnosis = {
  kind: "dead_token",
  find: ({ counts, fromMs }) =>
    deadTokenCodes.flatMap((code) =>
      sumCounts(counts, [code], "token")
        .filter(({ requests }) => requests >= minimumRefused)
        .map(({ tokenId, requests, lastAtMs }) => ({
          ...{ kind: "dead_token", tokenId, endpointId: null, fromMs, toMs: lastAtMs, requests, refused: requests },
          facts: { requests, code },
        })),
    ),
};

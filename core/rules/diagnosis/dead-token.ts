import { type AccountDiagnosis, deadTokenCodes, sumCounts } from "./finding.ts";

const minimumRefused = 20;

/** A client that nobody has told that its token is revoked, expired or paused. */
export const deadToken: AccountDiagnosis = {
  kind: "dead_token",
  find: ({ counts }) =>
    deadTokenCodes.flatMap((code) =>
      sumCounts(counts, [code], "token")
        .filter(({ requests }) => requests >= minimumRefused)
        .map(({ tokenId, requests, firstAtMs, lastAtMs }) => ({
          ...{
            kind: "dead_token",
            tokenId,
            endpointId: null,
            fromMs: firstAtMs,
            toMs: lastAtMs,
            requests,
            refused: requests,
          },
          facts: { requests, code },
        })),
    ),
};

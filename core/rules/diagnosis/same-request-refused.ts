import { type AccountDiagnosis, hopelessCodes } from "./finding.ts";

const minimumRefused = 20;

/** The very same request, refused for the same lasting reason, again and again. */
export const sameRequestRefused: AccountDiagnosis = {
  kind: "same_request_refused",
  find: ({ refused }) =>
    refused.flatMap((one) => {
      const code = hopelessCodes.find((hopeless) => hopeless === one.code);
      if (!code || one.requests < minimumRefused) return [];
      const { tokenId, endpointId, requests, method, path, firstAtMs, lastAtMs } = one;
      return [
        {
          ...{ kind: "same_request_refused", tokenId, endpointId: endpointId === 0 ? null : endpointId },
          ...{ fromMs: firstAtMs, toMs: lastAtMs, requests, refused: requests },
          facts: { requests, code, method, path },
        },
      ];
    }),
};

import { type Diagnosis, hopelessCodes } from "./finding.ts";

const minimumRefused = 20;

/** The very same request, refused for the same lasting reason, again and again. */
export const sameRequestRefused: Diagnosis = {
  kind: "same_request_refused",
  find: ({ refused, fromMs }) =>
    refused.flatMap((one) => {
      const code = hopelessCodes.find((hopeless) => hopeless === one.code);
      if (!code || one.requests < minimumRefused) return [];
      const { tokenId, endpointId, requests, method, path, lastAtMs } = one;
      return [
        {
          ...{ kind: "same_request_refused", tokenId, endpointId: endpointId === 0 ? null : endpointId },
          ...{ fromMs, toMs: lastAtMs, requests, refused: requests },
          facts: { requests, code, method, path },
        },
      ];
    }),
};

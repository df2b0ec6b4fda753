import { count } from "../number-words.ts";
import type { DecisionCode } from "../vocabulary.ts";
import type { Diagnosis, RefusedRequest } from "./finding.ts";

const minimumRefused = 20;

type Advice = { because: string; instruction: string };

/** Refusals that no repetition can mend. Those of tokens and scopes have findings of their own. */
const hopeless: Partial<Record<DecisionCode, Advice>> = {
  unknown_endpoint: {
    because: "matches no endpoint of this API",
    instruction: "Correct the method or the path after the API reference; do not retry a 404.",
  },
  endpoint_denied: {
    because: "goes to an endpoint that is closed",
    instruction: "Take this call out of the client, or ask the provider when the endpoint opens again.",
  },
  ip_not_allowed: {
    because: "came from an address outside the token's allow-list",
    instruction: "Add the client's network to the token under Edit, or call from a listed one.",
  },
};

/** The very same request, refused for the same lasting reason, again and again. */
export const sameRequestRefused: Diagnosis = {
  kind: "same_request_refused",
  title: "The same refused request repeated",
  find: ({ refused, fromMs }) =>
    refused.flatMap((one) => {
      const advice = hopeless[one.code];
      if (!advice || one.requests < minimumRefused) return [];
      const { tokenId, endpointId, requests, lastAtMs } = one;
      return [
        {
          ...{ kind: "same_request_refused", tokenId, endpointId: endpointId === 0 ? null : endpointId },
          ...{ fromMs, toMs: lastAtMs, requests, refused: requests },
          evidence: `${requestWords(one)} was refused at least ${count(requests)} times in 24 hours: it ${advice.because}.`,
          instruction: advice.instruction,
        },
      ];
    }),
};

const longestPath = 80;

function requestWords({ method, path }: RefusedRequest): string {
  if (path === null) return "The same request";
  const shown = path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
  return method === null ? shown : `${method} ${shown}`;
}

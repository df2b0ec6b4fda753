import { dayStartMs } from "../limits/quota.ts";
import { type AccountDiagnosis, costToday, type EndpointFacts, sumCounts } from "./finding.ts";

const minimumToday = 1_000;
const bulkWord = /^(bulk|batch)[-_.]?|[-_.]?(bulk|batch)$/i;

/** One call for each thing, where the API takes many in one call. */
export const singleSends: AccountDiagnosis = {
  kind: "single_sends",
  find: (facts) =>
    sumCounts(facts.counts, ["allowed", "rate_limited"], "endpoint").flatMap((one) => {
      const { tokenId, endpointId, lastAtMs } = one;
      const single = facts.endpoints.find(({ id }) => id === endpointId);
      const bulk = single && bulkOf(single, facts.endpoints);
      const { requests, refused, isCostly, quotaShare } = costToday(facts, one);
      if (!bulk || requests < minimumToday || !isCostly) return [];
      return [
        {
          ...{
            kind: "single_sends",
            tokenId,
            endpointId,
            fromMs: dayStartMs(facts.nowMs),
            toMs: lastAtMs,
            requests,
            refused,
          },
          facts: { cost: { requests, refused, quotaShare }, bulk },
        },
      ];
    }),
};

/** `POST /v1/email` → `POST /v1/bulk-email`, `/v1/email/bulk` or `/v1/email/batch`, if the API has it. */
export function bulkOf(single: EndpointFacts, endpoints: readonly EndpointFacts[]): EndpointFacts | undefined {
  if (single.surface !== "http" || single.method !== "POST") return undefined;
  const [parent, last] = split(single.path);
  if (bulkWord.test(last)) return undefined;
  return endpoints.find(({ surface, method, path }) => {
    if (surface !== "http" || method !== "POST" || path === single.path) return false;
    const [otherParent, otherLast] = split(path);
    if (!bulkWord.test(otherLast)) return false;
    const named = otherLast.replace(bulkWord, "");
    return named === "" ? otherParent === single.path : named === last && otherParent === parent;
  });
}

function split(path: string): [parent: string, last: string] {
  const slash = path.lastIndexOf("/");
  return [path.slice(0, slash), path.slice(slash + 1)];
}

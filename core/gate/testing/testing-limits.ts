import { type CountedRequest, type LimitName, limitNames } from "../../rules/limits/catalogue.ts";
import type { LimitsAsked } from "../counters/counters.ts";

/** One request that is held to these limits and to no other. */
export function askedFor(
  amounts: Partial<Record<LimitName, number | null>>,
  of: Partial<CountedRequest> = {},
): LimitsAsked {
  return {
    accountId: "account-1",
    tokenId: "token-1",
    endpointId: 1,
    windowSeconds: 60,
    ...of,
    amounts: limitNames.map((name) => amounts[name] ?? null),
  };
}

import { eq, type SQL } from "drizzle-orm";
import type { usageDay, usageMinute, usageSecond } from "#db/schema/usage.ts";
import type { CountedRequest, Limit } from "../rules/limits/catalogue.ts";

/** The usage that a limit adds up for a request. One that a later version has stored is taken for the whole account's. */
export function countedTogether(
  usage: typeof usageSecond | typeof usageMinute | typeof usageDay,
  limit: Limit | undefined,
  { accountId, tokenId, endpointId }: Omit<CountedRequest, "windowSeconds">,
): (SQL | undefined)[] {
  return [
    eq(usage.accountId, accountId),
    limit?.countedBy === "token" ? eq(usage.tokenId, tokenId) : undefined,
    limit?.isPerEndpoint ? eq(usage.endpointId, endpointId) : undefined,
  ];
}

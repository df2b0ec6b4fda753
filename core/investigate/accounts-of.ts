import { eq } from "drizzle-orm";
import { token } from "#db/schema/tokens.ts";
import type { Ctx } from "../frame/context.ts";
import type { TrafficFilter } from "./traffic-filter.ts";

/** The same filter with the account of a chosen token, by which its counts are found. A token that nobody knows has none. */
export async function accountsOf(ctx: Ctx, filter: TrafficFilter): Promise<TrafficFilter> {
  if (filter.tokenId === undefined || filter.accountIds.length > 0) return filter;
  const [found] = await ctx.db.select({ accountId: token.accountId }).from(token).where(eq(token.id, filter.tokenId));
  return found ? { ...filter, accountIds: [found.accountId] } : filter;
}

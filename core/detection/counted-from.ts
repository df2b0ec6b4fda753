import { eq, max } from "drizzle-orm";
import { selfCure } from "#db/schema/abuse.ts";
import type { Ctx } from "../frame/context.ts";

/** When the account's owner last said that the cause is fixed: counting restarts there. 0 = never. What staff decided is in `readDecisions`. */
export async function countedFromMs(ctx: Ctx, accountId: string): Promise<number> {
  const [fixed] = await ctx.db
    .select({ at: max(selfCure.createdAt) })
    .from(selfCure)
    .where(eq(selfCure.accountId, accountId));
  return fixed?.at?.getTime() ?? 0;
}

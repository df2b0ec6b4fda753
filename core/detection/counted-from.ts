import { and, eq, inArray, max } from "drizzle-orm";
import { selfCure } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import type { Ctx } from "../frame/context.ts";

/** Counting restarts when an action of the account ends, and when its owner says that the cause is fixed. 0 = from the beginning. */
export async function countedFromMs(ctx: Ctx, accountId: string): Promise<number> {
  const [ended] = await ctx.db
    .select({ at: max(action.endedAt) })
    .from(action)
    .where(and(eq(action.accountId, accountId), inArray(action.state, ["lifted", "overturned", "expired"])));
  const [fixed] = await ctx.db
    .select({ at: max(selfCure.createdAt) })
    .from(selfCure)
    .where(eq(selfCure.accountId, accountId));
  return Math.max(ended?.at?.getTime() ?? 0, fixed?.at?.getTime() ?? 0);
}

import { and, eq, isNull } from "drizzle-orm";
import { notice } from "#db/schema/enforcement.ts";
import type { Ctx } from "./context.ts";

/**
 * Takes back what nobody has been mailed yet of an action that is over or other than was said: its mail waits for the undo window, and
 * would come after the one that says so.
 */
export async function withdrawNotices(ctx: Ctx, actionId: string): Promise<void> {
  await ctx.db
    .update(notice)
    .set({ withdrawnAt: ctx.now })
    .where(and(eq(notice.actionId, actionId), isNull(notice.mailedAt), isNull(notice.withdrawnAt)));
}

import { and, eq, isNull, ne } from "drizzle-orm";
import { session } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";

/** Ends all sessions of a person but the one that asks: whoever else is in came in by what has just been replaced. Returns how many. */
export async function endOtherSessions(ctx: Ctx, userId: string): Promise<number> {
  const here = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
  const ended = await ctx.db
    .update(session)
    .set({ revokedAt: ctx.now })
    .where(and(eq(session.userId, userId), isNull(session.revokedAt), here === null ? undefined : ne(session.id, here)))
    .returning({ id: session.id });
  return ended.length;
}

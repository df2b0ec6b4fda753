import { and, eq, isNull, ne } from "drizzle-orm";
import { session } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";

/** Ends the sessions of a person from their next request on, all but `keptId`. Returns how many. */
export async function endSessionsOf(ctx: Ctx, userId: string, keptId: string | null = null): Promise<number> {
  const isOther = keptId === null ? undefined : ne(session.id, keptId);
  const ended = await ctx.db
    .update(session)
    .set({ revokedAt: ctx.now })
    .where(and(eq(session.userId, userId), isNull(session.revokedAt), isOther))
    .returning({ id: session.id });
  return ended.length;
}

/** Ends all sessions of a person but the one that asks: whoever else is in came in by what has just been replaced. Returns how many. */
export function endOtherSessions(ctx: Ctx, userId: string): Promise<number> {
  return endSessionsOf(ctx, userId, "sessionId" in ctx.actor ? ctx.actor.sessionId : null);
}

import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { session } from "#db/schema/auth.ts";
import { actorUserId } from "../context.ts";
import { command } from "../define.ts";
import { AppError } from "../errors.ts";

/** Ends this session, or with `everywhere` all sessions of the person; every one is refused from its next request on. */
export const signOut = command({
  permission: "session:own",
  input: z.strictObject({ everywhere: z.boolean().default(false) }),
  run: async (ctx, { everywhere }) => {
    const userId = actorUserId(ctx.actor);
    const sessionId = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
    if (userId === null || sessionId === null) throw new AppError("unauthenticated", "Sign in first.");
    const which = everywhere ? eq(session.userId, userId) : and(eq(session.userId, userId), eq(session.id, sessionId));
    const ended = await ctx.db
      .update(session)
      .set({ revokedAt: ctx.now })
      .where(and(which, isNull(session.revokedAt)))
      .returning({ id: session.id });
    return { userId, ended: ended.length };
  },
  audit: (input, result) => ({
    action: "session.end",
    subjectKind: "user",
    subjectId: result.userId,
    accountId: null,
    data: { everywhere: input.everywhere, ended: result.ended },
  }),
});

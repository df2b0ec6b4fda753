import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { session } from "#db/schema/auth.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { sessionsInReach } from "./sessions-in-reach.ts";

/** Ends one of the person's own sessions; it is refused from its next request on. */
export const endSession = command({
  permission: "session:own",
  input: z.strictObject({ sessionId: z.uuid() }),
  run: async (ctx, { sessionId }) => {
    const userId = actorUserId(ctx.actor);
    const inReach = await sessionsInReach(ctx);
    const [ended] = await ctx.db
      .update(session)
      .set({ revokedAt: ctx.now })
      .where(and(eq(session.id, sessionId), eq(session.userId, userId ?? ""), isNull(session.revokedAt), inReach))
      .returning({ userId: session.userId });
    if (!ended) throw notFound("session");
    return ended;
  },
  happened: (_input, { userId }) =>
    fact("session.ended", { subjectId: userId, accountId: null }, { everywhere: false, ended: 1 }),
});

import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { session } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { sessionsInReach } from "./sessions-in-reach.ts";

/** Ends this session; it is refused from its next request on. */
export const signOut = command({
  permission: "session:end",
  input: z.strictObject({}),
  run: (ctx) => endSessions(ctx, false),
  happened: (_input, result) => noteOf(result),
});

/** Ends all sessions of the person, this one too. */
export const signOutEverywhere = command({
  permission: "session:own",
  input: z.strictObject({}),
  run: (ctx) => endSessions(ctx, true),
  happened: (_input, result) => noteOf(result),
});

async function endSessions(ctx: Ctx, everywhere: boolean) {
  const userId = actorUserId(ctx.actor);
  const sessionId = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
  if (userId === null || sessionId === null) throw new AppError("unauthenticated", words.errors.signInFirst);
  const inReach = everywhere ? await sessionsInReach(ctx) : undefined;
  const which = everywhere
    ? and(eq(session.userId, userId), inReach)
    : and(eq(session.userId, userId), eq(session.id, sessionId));
  const ended = await ctx.db
    .update(session)
    .set({ revokedAt: ctx.now })
    .where(and(which, isNull(session.revokedAt)))
    .returning({ id: session.id });
  // Who came from the provider's product goes back there.
  const isPortal = ctx.actor.kind === "user" && ctx.actor.isPortal === true;
  return { userId, everywhere, isPortal, ended: ended.length };
}

function noteOf({ userId, everywhere, ended }: { userId: string; everywhere: boolean; ended: number }) {
  return fact("session.ended", { subjectId: userId, accountId: null }, { everywhere, ended });
}

import { and, eq, isNull } from "drizzle-orm";
import { session, user } from "#db/schema/auth.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { record } from "../frame/record.ts";
import type { MemberRole, SessionWay } from "../rules/vocabulary.ts";
import { sessionLives } from "../runtime/env.ts";

export type OpenedSession = { sessionId: string; userId: string; name: string; email: string };

type Opening = {
  userId: string;
  /** Longest life in ms; a member's unless given. Staff end sooner: `findSession` knows who is staff by then. */
  longestMs?: number;
} & ({ way: Exclude<SessionWay, "portal"> } | { way: "portal"; bound: PortalBounds });

/** What a portal session is bound to: the account, the most it may do there, and where it leads back to. */
export type PortalBounds = { accountId: string; mostRole: MemberRole; returnUrl: string | null };

/**
 * Opens a session for a person who has just proven who they are, whichever way they came in, and records it. The only writer of
 * session rows. Null when the person is blocked or gone; the caller answers that as it answers somebody unknown.
 */
export async function openSession(ctx: Ctx, opening: Opening): Promise<OpenedSession | null> {
  const { userId, way, longestMs } = opening;
  const [person] = await ctx.db
    .select({ name: user.name, email: user.email })
    .from(user)
    .where(and(eq(user.id, userId), isNull(user.disabledAt)))
    .for("update");
  if (!person) return null;
  const expiresAt = new Date(ctx.now.getTime() + (longestMs ?? sessionLives().member.longestMs));
  const [opened] = await ctx.db
    .insert(session)
    .values({
      ...(opening.way === "portal" ? opening.bound : {}),
      ...{ userId, way, expiresAt, createdAt: ctx.now, provenAt: ctx.now, ip: ctx.ip },
      userAgent: ctx.userAgent?.slice(0, 400),
    })
    .returning({ id: session.id });
  if (!opened) throw new Error("The session row was not written.");
  await record(ctx, fact("session.opened", { subjectId: userId, accountId: null }, { way }));
  return { sessionId: opened.id, userId, ...person };
}

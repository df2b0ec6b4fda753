import { and, eq, isNull } from "drizzle-orm";
import { session, user } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { record } from "../frame/record.ts";
import type { MemberRole, SessionWay } from "../rules/vocabulary.ts";
import { sessionLives } from "../runtime/env.ts";
import { withoutIssuer } from "./only-through.ts";
import { tellAdmins } from "./tell-of-change.ts";

export type OpenedSession = { sessionId: string; userId: string; name: string; email: string };

type Opening = {
  userId: string;
  /** Longest life in ms; a member's unless given. Staff end sooner: `findSession` knows who is staff by then. */
  longestMs?: number;
  /** The way itself has checked a second step. */
  isTwoStep?: boolean;
} & (
  | { way: Exclude<SessionWay, "portal" | "single_sign_on"> }
  | { way: "portal"; bound: PortalBounds }
  | { way: "single_sign_on"; issuer: IssuerBounds }
);

/** What a portal session is bound to: the account, the most it may do there, and where it leads back to. */
export type PortalBounds = { accountId: string; mostRole: MemberRole; returnUrl: string | null };

/** The issuer that opened a session, and its own name for it, by which it ends it; null = it has none. */
export type IssuerBounds = { providerId: string; issuerSid: string | null };

/**
 * Opens a session for a person who has just proven who they are, whichever way they came in, and records it. The only writer of
 * session rows. Null when the person is blocked or gone; the caller answers that as it answers somebody unknown. Throws `forbidden` for
 * who reaches nothing but through single sign-on.
 */
export async function openSession(ctx: Ctx, opening: Opening): Promise<OpenedSession | null> {
  const { userId, way, longestMs, isTwoStep = false } = opening;
  const [person] = await ctx.db
    .select({ name: user.name, email: user.email })
    .from(user)
    .where(and(eq(user.id, userId), isNull(user.disabledAt)))
    .for("update");
  if (!person) return null;
  if (opening.way !== "single_sign_on") {
    const entrance = await withoutIssuer(ctx.db, userId, opening.way === "portal" ? opening.bound.accountId : null);
    if (!entrance.isOpen)
      throw new AppError("forbidden", words.errors.issuerOnly(entrance.ways.map(({ name }) => name)));
    if (entrance.breaksGlass) await noteBrokenGlass(ctx, userId, person.name);
  }
  const expiresAt = new Date(ctx.now.getTime() + (longestMs ?? sessionLives().member.longestMs));
  const [opened] = await ctx.db
    .insert(session)
    .values({
      ...(opening.way === "portal" ? opening.bound : {}),
      ...(opening.way === "single_sign_on" ? opening.issuer : {}),
      ...{ userId, way, isTwoStep, expiresAt, createdAt: ctx.now, provenAt: ctx.now, ip: ctx.ip },
      userAgent: ctx.userAgent?.slice(0, 400),
    })
    .returning({ id: session.id });
  if (!opened) throw new Error("The session row was not written.");
  await record(ctx, fact("session.opened", { subjectId: userId, accountId: null }, { way }));
  return { sessionId: opened.id, userId, ...person };
}

/** The one way around single sign-on is used where everybody sees it. */
async function noteBrokenGlass(ctx: Ctx, userId: string, name: string): Promise<void> {
  await record(ctx, fact("break_glass.used", { subjectId: userId, accountId: null }));
  await tellAdmins(ctx, { kind: "break_glass_used", name });
}

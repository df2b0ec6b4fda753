import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { session, staffMember, user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import type { Ctx } from "../frame/context.ts";
import { notFound } from "../frame/errors.ts";

/** Why staff did something to how a person signs in. The person is told. */
export const reasonToPerson = z
  .string(deskWords.errors.sayWhyPerson)
  .trim()
  .min(5, deskWords.errors.sayWhyPerson)
  .max(500);

/** A person of any account or of the staff, locked. `isStaff` = now. */
export async function findUser(ctx: Ctx, userId: string) {
  const [found] = await ctx.db
    .select({ userId: user.id, email: user.email, disabledAt: user.disabledAt, totpSince: user.totpSince })
    .from(user)
    .where(eq(user.id, userId))
    .for("update");
  if (!found) throw notFound("person");
  const [staff] = await ctx.db
    .select({ userId: staffMember.userId })
    .from(staffMember)
    .where(and(eq(staffMember.userId, userId), isNull(staffMember.endedAt)));
  return { ...found, isStaff: staff !== undefined };
}

/** Ends every session of a person from its next request on. Returns how many. */
export async function endSessionsOf(ctx: Ctx, userId: string): Promise<number> {
  const ended = await ctx.db
    .update(session)
    .set({ revokedAt: ctx.now })
    .where(and(eq(session.userId, userId), isNull(session.revokedAt)))
    .returning({ id: session.id });
  return ended.length;
}

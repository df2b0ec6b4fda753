import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { staffMember, user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import { secondStepExists } from "../auth/has-second-step.ts";
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
    .select({ userId: user.id, email: user.email, disabledAt: user.disabledAt, hasSecondStep: secondStepExists() })
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

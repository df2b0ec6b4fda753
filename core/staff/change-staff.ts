import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase } from "#db/schema/abuse.ts";
import { staffKey } from "#db/schema/api.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import { endSessionsOf } from "../auth/end-sessions.ts";
import { recordGrant } from "../auth/record-grant.ts";
import { type Door, withdrawGiven, withdrawOf } from "../auth/withdraw-invitations.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { staffRoles } from "../rules/vocabulary.ts";
import { keepAnAdmin } from "./keep-an-admin.ts";

const staffDoor: Door = { accountId: null };

/** Gives a person of the staff another role. It holds from their next request on. The last admin stays one. */
export const changeStaffRole = command({
  permission: "staff:write",
  needsProof: true,
  input: z.strictObject({ userId: z.uuid(), role: z.enum(staffRoles, deskWords.errors.chooseRole) }),
  run: async (ctx, { userId, role }) => {
    if (role !== "admin") await keepAnAdmin(ctx, userId);
    const found = await findStaff(ctx, userId);
    // What changes nothing would only make it seem that somebody else gave the role.
    if (actorUserId(ctx.actor) === userId) throw new AppError("forbidden", deskWords.errors.ownRole);
    if (found.role === role) throw new AppError("conflict", deskWords.errors.sameRole);
    await ctx.db
      .update(staffMember)
      .set({ role, ...(role === "admin" ? {} : { breakGlassSince: null }) })
      .where(eq(staffMember.userId, userId));
    await recordGrant(ctx, userId, [actorUserId(ctx.actor)]);
    await withdrawOf(ctx, staffDoor, { ...found, userId });
    return found;
  },
  happened: (input, { name, role }) =>
    fact(
      "staff.role_changed",
      { subjectId: input.userId, accountId: null },
      { name, changes: changesBetween({ role }, { role: input.role }) },
    ),
});

/** Takes a person off the staff: their sessions and keys end at once, also their invitations; their cases are nobody's. What they did stays theirs. */
export const removeStaff = command({
  permission: "staff:write",
  needsProof: true,
  input: z.strictObject({ userId: z.uuid() }),
  run: async (ctx, { userId }) => {
    await keepAnAdmin(ctx, userId);
    const found = await findStaff(ctx, userId);
    await withdrawOf(ctx, staffDoor, { ...found, userId });
    await withdrawGiven(ctx, userId);
    await ctx.db
      .update(staffKey)
      .set({ revokedAt: ctx.now })
      .where(and(eq(staffKey.userId, userId), isNull(staffKey.revokedAt)));
    await ctx.db
      .update(staffMember)
      .set({ endedAt: ctx.now, breakGlassSince: null })
      .where(eq(staffMember.userId, userId));
    await endSessionsOf(ctx, userId);
    const freed = await ctx.db
      .update(abuseCase)
      .set({ assigneeUserId: null, claimedUntil: null, version: sql`${abuseCase.version} + 1`, updatedAt: ctx.now })
      .where(and(eq(abuseCase.assigneeUserId, userId), ne(abuseCase.state, "closed")))
      .returning({ id: abuseCase.id });
    return { ...found, cases: freed.length };
  },
  happened: (input, { name, role, cases }) =>
    fact("staff.removed", { subjectId: input.userId, accountId: null }, { name, role, cases }),
});

async function findStaff(ctx: Ctx, userId: string) {
  const [found] = await ctx.db
    .select({ name: user.name, email: user.email, role: staffMember.role })
    .from(staffMember)
    .innerJoin(user, eq(user.id, staffMember.userId))
    .where(and(eq(staffMember.userId, userId), isNull(staffMember.endedAt)));
  if (!found) throw notFound("person of the staff");
  return found;
}

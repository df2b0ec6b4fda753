import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase } from "#db/schema/abuse.ts";
import { session, staffMember, user } from "#db/schema/auth.ts";
import type { Ctx } from "../context.ts";
import { command } from "../define.ts";
import { AppError, notFound } from "../errors.ts";
import { staffRoles } from "../rules/vocabulary.ts";

/** Gives a person of the staff another role. It holds from their next request on. The last admin stays one. */
export const changeStaffRole = command({
  permission: "staff:write",
  input: z.strictObject({ userId: z.uuid(), role: z.enum(staffRoles, "Choose a role.") }),
  run: async (ctx, { userId, role }) => {
    const found = await findStaff(ctx, userId);
    if (role !== "admin") await keepAnAdmin(ctx, userId, found.role);
    await ctx.db.update(staffMember).set({ role }).where(eq(staffMember.userId, userId));
    return found;
  },
  audit: (input, { name, role }) => ({
    action: "staff.role",
    subjectKind: "user",
    subjectId: input.userId,
    accountId: null,
    data: { name, before: role, role: input.role },
  }),
});

/** Takes a person off the staff: their sessions end at once, their cases are nobody's. What they did stays theirs. */
export const removeStaff = command({
  permission: "staff:write",
  input: z.strictObject({ userId: z.uuid() }),
  run: async (ctx, { userId }) => {
    const found = await findStaff(ctx, userId);
    await keepAnAdmin(ctx, userId, found.role);
    await ctx.db.update(staffMember).set({ endedAt: ctx.now }).where(eq(staffMember.userId, userId));
    await ctx.db
      .update(session)
      .set({ revokedAt: ctx.now })
      .where(and(eq(session.userId, userId), isNull(session.revokedAt)));
    const freed = await ctx.db
      .update(abuseCase)
      .set({ assigneeUserId: null, claimedUntil: null, version: sql`${abuseCase.version} + 1`, updatedAt: ctx.now })
      .where(and(eq(abuseCase.assigneeUserId, userId), ne(abuseCase.state, "closed")))
      .returning({ id: abuseCase.id });
    return { ...found, cases: freed.length };
  },
  audit: (input, { name, role, cases }) => ({
    action: "staff.remove",
    subjectKind: "user",
    subjectId: input.userId,
    accountId: null,
    data: { name, role, cases },
  }),
});

async function findStaff(ctx: Ctx, userId: string) {
  // One change of the staff at a time, or two could each remove the other last admin.
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse staff'))`);
  const [found] = await ctx.db
    .select({ name: user.name, role: staffMember.role })
    .from(staffMember)
    .innerJoin(user, eq(user.id, staffMember.userId))
    .where(and(eq(staffMember.userId, userId), isNull(staffMember.endedAt)));
  if (!found) throw notFound("person of the staff");
  return found;
}

async function keepAnAdmin(ctx: Ctx, userId: string, role: string): Promise<void> {
  if (role !== "admin") return;
  const [other] = await ctx.db
    .select({ userId: staffMember.userId })
    .from(staffMember)
    .innerJoin(user, eq(user.id, staffMember.userId))
    .where(
      and(
        eq(staffMember.role, "admin"),
        isNull(staffMember.endedAt),
        isNull(user.disabledAt),
        ne(staffMember.userId, userId),
      ),
    )
    .limit(1);
  if (!other) throw new AppError("conflict", "This is the last admin. Make somebody else an admin first.");
}

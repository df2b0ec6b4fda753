import { and, eq, isNull, sql } from "drizzle-orm";
import { staffMember, user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";

/** Refuses with `conflict` when this person is the last admin. One change of the staff at a time, so that two cannot leave at once. */
export async function keepAnAdmin(ctx: Ctx, leavingUserId: string): Promise<void> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse staff'))`);
  const admins = await ctx.db
    .select({ userId: staffMember.userId })
    .from(staffMember)
    .innerJoin(user, eq(user.id, staffMember.userId))
    .where(and(eq(staffMember.role, "admin"), isNull(staffMember.endedAt), isNull(user.disabledAt)));
  if (admins.length === 1 && admins[0]?.userId === leavingUserId)
    throw new AppError("conflict", deskWords.errors.lastAdmin);
}

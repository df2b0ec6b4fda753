import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { staffMember, user } from "#db/schema/auth.ts";
import { identityProvider } from "#db/schema/identity.ts";
import * as deskWords from "#words/desk.ts";
import { tellAdmins } from "../auth/tell-of-change.ts";
import { actorName, type Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";

/**
 * Refuses with `conflict` when this person is the last admin, or the break-glass admin while only an issuer leads to the desk; where other ways
 * do, every admin is told that there is none now. One change of the staff at a time, so that
 * two cannot leave at once.
 */
export async function keepAnAdmin(ctx: Ctx, leavingUserId: string): Promise<void> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse staff'))`);
  const admins = await ctx.db
    .select({ userId: staffMember.userId })
    .from(staffMember)
    .innerJoin(user, eq(user.id, staffMember.userId))
    .where(and(eq(staffMember.role, "admin"), isNull(staffMember.endedAt), isNull(user.disabledAt)));
  if (admins.length === 1 && admins[0]?.userId === leavingUserId)
    throw new AppError("conflict", deskWords.errors.lastAdmin);
  await keepBreakGlass(ctx, leavingUserId);
}

async function keepBreakGlass(ctx: Ctx, leavingUserId: string): Promise<void> {
  const [glass] = await ctx.db
    .update(staffMember)
    .set({ breakGlassSince: null })
    .from(user)
    .where(
      and(
        eq(staffMember.userId, leavingUserId),
        eq(user.id, staffMember.userId),
        isNull(staffMember.endedAt),
        isNotNull(staffMember.breakGlassSince),
      ),
    )
    .returning({ name: user.name });
  if (!glass) return;
  const only = and(identityProvider.isOnlyWay, identityProvider.isEnabled, eq(identityProvider.audience, "staff"));
  if ((await ctx.db.$count(identityProvider, only)) > 0)
    throw new AppError("conflict", deskWords.errors.breakGlassLeaves);
  await tellAdmins(ctx, { kind: "break_glass_gone", name: glass.name, by: actorName(ctx.actor) });
}

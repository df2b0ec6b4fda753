import { asc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { invitation, staffMember, user } from "#db/schema/auth.ts";
import { openInvitations } from "../auth/open-invitations.ts";
import { query } from "../frame/define.ts";

/** The people of the provider and open invitations for more. */
export const listStaff = query({
  permission: "staff:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const staff = await ctx.db
      .select({
        userId: user.id,
        name: user.name,
        email: user.email,
        role: staffMember.role,
        since: staffMember.createdAt,
        /** Null = nobody has proven the address. */
        emailVerifiedAt: user.emailVerifiedAt,
        blockedAt: user.disabledAt,
        /** May go around single sign-on. */
        isBreakGlass: sql<boolean>`${staffMember.breakGlassSince} is not null`,
      })
      .from(staffMember)
      .innerJoin(user, eq(user.id, staffMember.userId))
      .where(isNull(staffMember.endedAt))
      .orderBy(asc(user.name));
    const invitations = await openInvitations(ctx, eq(invitation.kind, "staff"));
    return { staff, invitations };
  },
});

import { and, asc, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import { invitation, staffMember, user } from "#db/schema/auth.ts";
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
      })
      .from(staffMember)
      .innerJoin(user, eq(user.id, staffMember.userId))
      .where(isNull(staffMember.endedAt))
      .orderBy(asc(user.name));
    const invitations = await ctx.db
      .select({ id: invitation.id, email: invitation.email, role: invitation.role, expiresAt: invitation.expiresAt })
      .from(invitation)
      .where(
        and(
          eq(invitation.kind, "staff"),
          isNull(invitation.acceptedAt),
          isNull(invitation.revokedAt),
          gt(invitation.expiresAt, ctx.now),
        ),
      )
      .orderBy(asc(invitation.createdAt));
    return { staff, invitations };
  },
});

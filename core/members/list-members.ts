import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { member } from "#db/schema/accounts.ts";
import { invitation, user } from "#db/schema/auth.ts";
import { openInvitations } from "../auth/open-invitations.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { emailFor } from "../personal-data/address-for.ts";

/** The members of an account and its open invitations. Staff see that there is somebody, not the address. */
export const listMembers = query({
  permission: "members:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const members = await ctx.db
      .select({ userId: user.id, name: user.name, email: user.email, role: member.role, since: member.createdAt })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(eq(member.accountId, accountId))
      .orderBy(asc(member.createdAt), asc(member.userId));
    const invitations = await openInvitations(ctx, eq(invitation.accountId, accountId));
    const shown = <Row extends { email: string | null }>(row: Row) => ({
      ...row,
      email: row.email && emailFor(ctx.actor, row.email),
    });
    return { members: members.map(shown), invitations: invitations.map(shown) };
  },
});

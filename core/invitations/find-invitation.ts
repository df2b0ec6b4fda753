import { eq } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { invitation, user } from "#db/schema/auth.ts";
import { hashLinkSecret } from "../auth/link-secret.ts";
import { isUnproven } from "../auth/prove-address.ts";
import { query } from "../frame/define.ts";

/**
 * What a one-time link leads to, for the page behind it. The link's secret is the permission; a wrong, used, revoked or
 * expired one gives null, all alike. `hasUser` is said only to who has proven the address; null = the link proves nothing.
 */
export const findInvitation = query({
  permission: "invitation:accept",
  input: z.strictObject({ secret: z.string().max(200) }),
  run: async (ctx, { secret }) => {
    const [found] = await ctx.db
      .select({
        kind: invitation.kind,
        email: invitation.email,
        role: invitation.role,
        expiresAt: invitation.expiresAt,
        acceptedAt: invitation.acceptedAt,
        revokedAt: invitation.revokedAt,
        accountName: account.name,
        provenBy: invitation.provenBy,
        knownUserId: user.id,
        emailVerifiedAt: user.emailVerifiedAt,
        disabledAt: user.disabledAt,
      })
      .from(invitation)
      .leftJoin(account, eq(account.id, invitation.accountId))
      .leftJoin(user, eq(user.email, invitation.email))
      .where(eq(invitation.secretHash, hashLinkSecret(secret)));
    if (!found || found.acceptedAt || found.revokedAt || found.expiresAt <= ctx.now) return null;
    const { kind, email, role, accountName, expiresAt, provenBy } = found;
    const hasUser = found.knownUserId !== null && !isUnproven(found, true);
    return { kind, email, role, accountName, expiresAt, hasUser: provenBy === null ? null : hasUser };
  },
});

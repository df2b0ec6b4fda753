import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { invitation } from "#db/schema/auth.ts";
import { command } from "../define.ts";
import { notFound } from "../errors.ts";
import { scoped } from "../scope.ts";

/** Makes an unused member invitation worthless. */
export const revokeInvitation = command({
  permission: "members:write",
  input: z.strictObject({ invitationId: z.uuid() }),
  run: async (ctx, { invitationId }) => {
    const [revoked] = await ctx.db
      .update(invitation)
      .set({ revokedAt: ctx.now })
      .where(
        and(
          eq(invitation.id, invitationId),
          scoped(ctx, invitation.accountId),
          isNull(invitation.acceptedAt),
          isNull(invitation.revokedAt),
        ),
      )
      .returning({ id: invitation.id, accountId: invitation.accountId, email: invitation.email });
    if (!revoked) throw notFound("open invitation");
    return revoked;
  },
  audit: (_input, result) => ({
    action: "invitation.revoke",
    subjectKind: "invitation",
    subjectId: result.id,
    accountId: result.accountId,
    data: { email: result.email },
  }),
});

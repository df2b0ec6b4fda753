import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { invitation } from "#db/schema/auth.ts";
import { type Fact, fact } from "../facts/fact.ts";
import { answeringUserId, type Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { requireProof } from "../frame/require-proof.ts";
import { scoped } from "../frame/scope.ts";
import { refuseToken } from "../members/refuse-token.ts";
import { newLink } from "./invite.ts";
import { sendInvitation } from "./send-invitation.ts";

const input = z.strictObject({ invitationId: z.uuid() });

/** Sends an unused invitation into the actor's account again, with a new link; the old one stops working. Also after its end. */
export const resendInvitation = command({
  permission: "members:write",
  input,
  run: (ctx, { invitationId }) => resend(ctx, invitationId, scoped(ctx, invitation.accountId)),
  happened: (_input, result) => resendNote(result),
});

/** The same for an invitation onto the staff. */
export const resendStaffInvitation = command({
  permission: "staff:write",
  needsProof: true,
  input,
  run: (ctx, { invitationId }) => resend(ctx, invitationId, eq(invitation.kind, "staff")),
  happened: (_input, result) => resendNote(result),
});

async function resend(ctx: Ctx, invitationId: string, within: SQL) {
  const { secret, ...renewed } = newLink(ctx);
  const [found] = await ctx.db
    .update(invitation)
    // Whoever sends it again answers for it: without a mail server they hold the link.
    .set({
      ...{ ...renewed, invitedByUserId: answeringUserId(ctx.actor) },
      formerInviterUserIds: sql`array_remove(array_append(${invitation.formerInviterUserIds}, ${invitation.invitedByUserId}), null)`,
    })
    .where(and(eq(invitation.id, invitationId), within, isNull(invitation.acceptedAt), isNull(invitation.revokedAt)))
    .returning({
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      accountId: invitation.accountId,
    });
  if (!found?.email) throw notFound("open invitation");
  // Without a mail server the answer holds the link, so this makes an owner as much as inviting one does.
  if (found.role === "owner") {
    refuseToken(ctx.actor);
    await requireProof(ctx);
  }
  const invited = { ...found, email: found.email };
  return { ...invited, ...(await sendInvitation(ctx, invited, { secret, expiresAt: renewed.expiresAt })) };
}

function resendNote({ id, accountId, email, sentTo }: Awaited<ReturnType<typeof resend>>): Fact {
  return fact("invitation.resent", { subjectId: id, accountId }, { email, isMailed: sentTo !== null });
}

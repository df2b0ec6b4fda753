import { and, eq, isNull, type SQL } from "drizzle-orm";
import { z } from "zod";
import { invitation } from "#db/schema/auth.ts";
import { type Fact, fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";

const input = z.strictObject({ invitationId: z.uuid() });

/** Makes an unused invitation into the actor's account worthless. */
export const revokeInvitation = command({
  permission: "members:write",
  input,
  run: (ctx, { invitationId }) => revoke(ctx, invitationId, scoped(ctx, invitation.accountId)),
  happened: (_input, result) => revokeNote(result),
});

/** The same for an invitation onto the staff. */
export const revokeStaffInvitation = command({
  permission: "staff:write",
  input,
  run: (ctx, { invitationId }) => revoke(ctx, invitationId, eq(invitation.kind, "staff")),
  happened: (_input, result) => revokeNote(result),
});

async function revoke(ctx: Ctx, invitationId: string, within: SQL) {
  const [revoked] = await ctx.db
    .update(invitation)
    .set({ revokedAt: ctx.now })
    .where(and(eq(invitation.id, invitationId), within, isNull(invitation.acceptedAt), isNull(invitation.revokedAt)))
    .returning({ id: invitation.id, accountId: invitation.accountId, email: invitation.email });
  if (!revoked) throw notFound("open invitation");
  return revoked;
}

function revokeNote({ id, accountId, email }: Awaited<ReturnType<typeof revoke>>): Fact {
  return fact("invitation.revoked", { subjectId: id, accountId }, { email });
}

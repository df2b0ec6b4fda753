import { and, asc, desc, eq, gt, inArray, isNull, type SQL } from "drizzle-orm";
import { invitation } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import type { Ctx } from "../frame/context.ts";

/**
 * Invitations that can still be accepted, oldest first. `delivery` is the state of the latest message that carries the link; null =
 * the link was handed over by who invited.
 */
export async function openInvitations(ctx: Ctx, which: SQL) {
  const rows = await ctx.db
    .select({ id: invitation.id, email: invitation.email, role: invitation.role, expiresAt: invitation.expiresAt })
    .from(invitation)
    .where(and(which, isNull(invitation.acceptedAt), isNull(invitation.revokedAt), gt(invitation.expiresAt, ctx.now)))
    .orderBy(asc(invitation.createdAt));
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const messages = await ctx.db
    .selectDistinctOn([mail.subjectId], { invitationId: mail.subjectId, state: mail.state, sentAt: mail.sentAt })
    .from(mail)
    .where(and(eq(mail.kind, "invitation"), inArray(mail.subjectId, ids)))
    .orderBy(mail.subjectId, desc(mail.createdAt));
  const latest = new Map(messages.map(({ invitationId, ...delivery }) => [invitationId, delivery]));
  return rows.map((row) => ({ ...row, delivery: latest.get(row.id) ?? null }));
}

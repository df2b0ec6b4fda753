import { and, eq, isNull, ne, or, type SQL } from "drizzle-orm";
import { invitation } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";

/** Where an invitation leads: into an account, or onto the staff. */
export type Door = { accountId: string | null };

/** Makes all other open links of a person to one place worthless: of several the newest works, and one that is used is the last. */
export async function withdrawOthers(ctx: Ctx, door: Door, email: string, keptId: string): Promise<void> {
  await withdraw(ctx, door, and(eq(invitation.email, email), ne(invitation.id, keptId)));
}

/**
 * Makes worthless what would undo that a person leaves or gets another role: open links to their address, and those that they
 * have given out themselves.
 */
export async function withdrawOf(ctx: Ctx, door: Door, person: { userId: string; email: string }): Promise<void> {
  await withdraw(ctx, door, or(eq(invitation.email, person.email), eq(invitation.invitedByUserId, person.userId)));
}

/** Makes worthless every invitation that a person gave out, wherever it leads: it could bring them back under another name. */
export async function withdrawGiven(ctx: Ctx, userId: string): Promise<void> {
  await ctx.db
    .update(invitation)
    .set({ revokedAt: ctx.now })
    .where(and(eq(invitation.invitedByUserId, userId), isNull(invitation.acceptedAt), isNull(invitation.revokedAt)));
}

async function withdraw(ctx: Ctx, { accountId }: Door, which: SQL | undefined): Promise<void> {
  const isThere = accountId === null ? eq(invitation.kind, "staff") : eq(invitation.accountId, accountId);
  await ctx.db
    .update(invitation)
    .set({ revokedAt: ctx.now })
    .where(and(isThere, which, isNull(invitation.acceptedAt), isNull(invitation.revokedAt)));
}

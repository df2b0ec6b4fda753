import { and, eq, isNull } from "drizzle-orm";
import { staffKey } from "#db/schema/api.ts";
import { passwordReset, recoveryCode, user } from "#db/schema/auth.ts";
import { passkey, personIdentity } from "#db/schema/identity.ts";
import { tokenSecret } from "#db/schema/tokens.ts";
import { signInLink } from "#db/schema/ways-in.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { record } from "../frame/record.ts";
import { endSessionsOf } from "./end-sessions.ts";
import { withdrawGiven } from "./withdraw-invitations.ts";

/**
 * Notes that a person has just proven their address, by a link that went to it or that the operator handed over. Until then anybody
 * may have set the person up in their name, so the first proof throws away what is there: second step, recovery codes, sessions,
 * keys, links to issuers, open links, the name, and what tokens they made may do in Gatehouse. Memberships stay: they were given to the
 * address. Does nothing for who has proven it before. The caller sets the new password.
 */
export async function proveAddress(ctx: Ctx, userId: string, name: string): Promise<void> {
  const [proven] = await ctx.db
    .update(user)
    .set({ emailVerifiedAt: ctx.now, name, timeZone: null })
    .where(and(eq(user.id, userId), isNull(user.emailVerifiedAt)))
    .returning({ id: user.id });
  if (!proven) return;
  const discarded = await discardSetUp(ctx, userId);
  await record(ctx, fact("user.address_proven", { subjectId: userId, accountId: null }, discarded));
}

/**
 * Throws away what anybody may have set up in the name of an address that nobody has proven: second step, recovery codes, passkeys, links to
 * issuers, sessions, keys, what tokens they made may do in Gatehouse, and open links. Returns how many.
 */
export async function discardSetUp(ctx: Ctx, userId: string): Promise<Record<string, number>> {
  await ctx.db.update(user).set({ totpSealed: null, totpSince: null, totpLastStep: null }).where(eq(user.id, userId));
  const codes = await ctx.db.delete(recoveryCode).where(eq(recoveryCode.userId, userId)).returning();
  const passkeys = await ctx.db.delete(passkey).where(eq(passkey.userId, userId)).returning({ id: passkey.id });
  const identities = await ctx.db.delete(personIdentity).where(eq(personIdentity.userId, userId)).returning();
  const sessions = await endSessionsOf(ctx, userId);
  const keys = await ctx.db
    .update(staffKey)
    .set({ revokedAt: ctx.now })
    .where(and(eq(staffKey.userId, userId), isNull(staffKey.revokedAt)))
    .returning({ id: staffKey.id });
  await ctx.db
    .update(passwordReset)
    .set({ usedAt: ctx.now })
    .where(and(eq(passwordReset.userId, userId), isNull(passwordReset.usedAt)));
  await ctx.db
    .update(signInLink)
    .set({ usedAt: ctx.now })
    .where(and(eq(signInLink.userId, userId), isNull(signInLink.usedAt)));
  const tokens = await ctx.db
    .update(tokenSecret)
    .set({ givenToUserId: null })
    .where(eq(tokenSecret.givenToUserId, userId))
    .returning({ id: tokenSecret.id });
  await withdrawGiven(ctx, userId);
  return {
    ...{ recoveryCodes: codes.length, passkeys: passkeys.length, identities: identities.length },
    ...{ sessions, keys: keys.length, tokens: tokens.length },
  };
}

type Person = { emailVerifiedAt: Date | null; disabledAt: Date | null };

/** Whether a link that proves the address takes this person over, instead of asking for their password. Staff's block holds for both. */
export function isUnproven({ emailVerifiedAt, disabledAt }: Person, isProven: boolean): boolean {
  return isProven && emailVerifiedAt === null && disabledAt === null;
}

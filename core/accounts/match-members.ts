import { and, desc, eq, inArray, isNull } from "drizzle-orm";
import { member } from "#db/schema/accounts.ts";
import { invitation, user } from "#db/schema/auth.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { record } from "../frame/record.ts";
import { inviteForProvider } from "../invitations/invite.ts";
import type { Handover } from "../invitations/send-invitation.ts";
import { withdrawOfMember } from "../members/withdraw-of-member.ts";
import { emailFor } from "../personal-data/address-for.ts";
import type { MemberRole } from "../rules/vocabulary.ts";

export type WantedMember = { email: string; role: MemberRole };

export type MatchedMembers = {
  /** Invited now. `secret` is set where there is no mail server: their link is handed over. */
  invited: (WantedMember & Handover)[];
  /** Members who got another role. */
  changed: number;
  removed: number;
  /** Open invitations of people who are no longer wanted. */
  withdrawn: number;
  /** Owners who stay although the list wants otherwise: an account is never left without one. Addresses are masked. */
  kept: { userId: string; email: string }[];
};

/**
 * Makes the members of an account those that the provider names: invites who is new, changes roles, removes who is not named. Nobody
 * becomes a member without accepting. An invitation that is open, or has run out, is not sent again unless `renews` asks for it.
 */
export async function matchMembers(
  ctx: Ctx,
  accountId: string,
  { wanted, renews }: { wanted: readonly WantedMember[]; renews: boolean },
): Promise<MatchedMembers> {
  const roles = new Map(wanted.map(({ email, role }) => [email, role]));
  const present = await membersOf(ctx, accountId);
  const settled = await settleRoles(ctx, accountId, present, roles);
  const isPresent = new Set(present.map((one) => one.email));
  const missing = wanted.filter((one) => !isPresent.has(one.email));
  const withdrawn = await withdrawUnwanted(ctx, accountId, missing);
  const invited = await inviteMissing(ctx, accountId, missing, renews);
  return { ...settled, withdrawn, invited };
}

type Present = { userId: string; email: string; role: MemberRole };

/** The newest first, so that of several owners who are to go the first one stays. Locked, so that two cannot leave at the same time. */
function membersOf(ctx: Ctx, accountId: string): Promise<Present[]> {
  return ctx.db
    .select({ userId: user.id, email: user.email, role: member.role })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.accountId, accountId))
    .orderBy(desc(member.createdAt), desc(member.userId))
    .for("update", { of: member });
}

async function settleRoles(
  ctx: Ctx,
  accountId: string,
  present: readonly Present[],
  roles: ReadonlyMap<string, MemberRole>,
): Promise<Pick<MatchedMembers, "changed" | "removed" | "kept">> {
  const different = present.filter((one) => roles.get(one.email) !== one.role);
  const promoted = different.filter((one) => roles.get(one.email) === "owner");
  for (const one of promoted) await giveRole(ctx, accountId, one, "owner");
  let owners = present.filter((one) => one.role === "owner").length + promoted.length;
  const result = { changed: promoted.length, removed: 0, kept: [] as MatchedMembers["kept"] };
  for (const one of different) {
    const role = roles.get(one.email);
    if (role === "owner") continue;
    if (one.role === "owner" && owners === 1) {
      result.kept.push({ userId: one.userId, email: emailFor(ctx.actor, one.email) });
      continue;
    }
    if (one.role === "owner") owners -= 1;
    if (role === undefined) result.removed += 1;
    else result.changed += 1;
    await (role === undefined ? remove(ctx, accountId, one) : giveRole(ctx, accountId, one, role));
  }
  return result;
}

async function giveRole(
  ctx: Ctx,
  accountId: string,
  { userId, role: before }: Present,
  role: MemberRole,
): Promise<void> {
  await ctx.db.update(member).set({ role, mappedByProviderId: null }).where(isMember(accountId, userId));
  await withdrawOfMember(ctx, accountId, userId);
  const changes = changesBetween({ role: before }, { role });
  await record(ctx, fact("member.role_changed", { subjectId: userId, accountId }, { role, changes }));
}

async function remove(ctx: Ctx, accountId: string, { userId, role }: Present): Promise<void> {
  await ctx.db.delete(member).where(isMember(accountId, userId));
  await withdrawOfMember(ctx, accountId, userId);
  await record(ctx, fact("member.removed", { subjectId: userId, accountId }, { role }));
}

const isMember = (accountId: string, userId: string) => and(eq(member.accountId, accountId), eq(member.userId, userId));

function openInvitations(ctx: Ctx, accountId: string) {
  const isOpen = and(eq(invitation.accountId, accountId), isNull(invitation.acceptedAt), isNull(invitation.revokedAt));
  return ctx.db
    .select({ id: invitation.id, email: invitation.email, role: invitation.role, expiresAt: invitation.expiresAt })
    .from(invitation)
    .where(isOpen);
}

/** Also invitations of people who are members: accepted later, they would give a role that the list does not. */
async function withdrawUnwanted(ctx: Ctx, accountId: string, missing: readonly WantedMember[]): Promise<number> {
  const wanted = new Set(missing.map((one) => one.email));
  const open = await openInvitations(ctx, accountId);
  const unwanted = open.filter(({ email }) => email === null || !wanted.has(email));
  if (unwanted.length === 0) return 0;
  const ids = unwanted.map((one) => one.id);
  await ctx.db.update(invitation).set({ revokedAt: ctx.now }).where(inArray(invitation.id, ids));
  for (const { id, email } of unwanted)
    await record(ctx, fact("invitation.revoked", { subjectId: id, accountId }, { email }));
  return unwanted.length;
}

async function inviteMissing(
  ctx: Ctx,
  accountId: string,
  missing: readonly WantedMember[],
  renews: boolean,
): Promise<MatchedMembers["invited"]> {
  const open = await openInvitations(ctx, accountId);
  const invited: MatchedMembers["invited"] = [];
  for (const { email, role } of missing) {
    const isSent = open.some((one) => one.email === email && one.role === role && (!renews || one.expiresAt > ctx.now));
    if (isSent) continue;
    const { secret, sentTo, expiresAt } = await inviteForProvider(ctx, { accountId, email, role });
    invited.push({ email, role, secret, sentTo, expiresAt });
  }
  return invited;
}

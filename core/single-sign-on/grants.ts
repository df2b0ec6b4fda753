import { and, eq, isNotNull } from "drizzle-orm";
import { account, member } from "#db/schema/accounts.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import { recordGrant } from "../auth/record-grant.ts";
import { withdrawOf } from "../auth/withdraw-invitations.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { isClosed } from "../frame/is-closed.ts";
import { isErased } from "../frame/is-erased.ts";
import { record } from "../frame/record.ts";
import { keepAnOwner } from "../members/keep-an-owner.ts";
import { type MemberRole, memberRoles, type StaffRole, staffRoles } from "../rules/vocabulary.ts";
import { keepAnAdmin } from "../staff/keep-an-admin.ts";
import { type Claims, rulesFor } from "./claims.ts";
import type { Provider } from "./find-provider.ts";
import { staffRoleOf } from "./identify.ts";

type AccountGrant = { accountId: string; role: MemberRole };
/** What an issuer gives a person: a role on the staff, or roles in accounts. `null` and none = it leaves them what they have. */
export type Grants = { staffRole: StaffRole | null; accounts: AccountGrant[] };

/**
 * What is to be given to a person by the claims; null = the issuer lets them in nowhere. With rules the claims decide at each sign-in,
 * and whom none of them names has the default role, or nothing. Without rules people keep the role they have, and the new ones get the
 * default.
 */
export async function decideGrants(
  ctx: Ctx,
  provider: Provider,
  claims: Claims,
  userId: string | null,
): Promise<Grants | null> {
  const { roleRules, defaultRole, accountId } = provider;
  const matching = rulesFor(roleRules, claims);
  if (provider.audience === "members") return membersGrants(ctx, matching, userId);
  const given = matching[0]?.role ?? defaultRole;
  if (accountId === null) {
    const current = userId === null ? null : await staffRoleOf(ctx, userId);
    if (roleRules.length === 0 && current) return { staffRole: null, accounts: [] };
    if (matching.length === 0 && userId !== null && !current && (await wasRemoved(ctx, userId))) return null;
    const role = staffRoles.find((one) => one === given);
    return role ? { staffRole: role === current ? null : role, accounts: [] } : null;
  }
  const isMember = userId !== null && (await roleIn(ctx, accountId, userId)) !== null;
  if (!isMember && (await isClosed(ctx, accountId))) return null;
  if (roleRules.length === 0 && isMember) return { staffRole: null, accounts: [] };
  const role = memberRoles.find((one) => one === given);
  return role ? { staffRole: null, accounts: [{ accountId, role }] } : null;
}

/** Who was taken off the staff comes back by an invitation or by a rule that names them, and not by the role for everyone else. */
async function wasRemoved(ctx: Ctx, userId: string): Promise<boolean> {
  return (await ctx.db.$count(staffMember, and(eq(staffMember.userId, userId), isNotNull(staffMember.endedAt)))) > 0;
}

/** Of several rules about one account the first counts; an account that is gone counts for nothing. */
async function membersGrants(
  ctx: Ctx,
  matching: { accountId: string | null; role: string }[],
  userId: string | null,
): Promise<Grants | null> {
  const accounts: AccountGrant[] = [];
  for (const { accountId, role: name } of matching) {
    const role = memberRoles.find((one) => one === name);
    if (accountId === null || !role || accounts.some((one) => one.accountId === accountId)) continue;
    const [found] = await ctx.db.select({ closedAt: account.closedAt }).from(account).where(eq(account.id, accountId));
    const isOpen = found?.closedAt === null;
    const isMember = found && userId !== null && (await roleIn(ctx, accountId, userId)) !== null;
    if (isOpen || isMember) accounts.push({ accountId, role });
  }
  if (accounts.length > 0) return { staffRole: null, accounts };
  const hasPlace = userId !== null && (await ctx.db.$count(member, eq(member.userId, userId))) > 0;
  return hasPlace ? { staffRole: null, accounts: [] } : null;
}

/** Gives it. Throws `conflict` where that would leave the staff without an admin or an account without an owner. */
export async function give(
  ctx: Ctx,
  provider: Provider,
  userId: string,
  { staffRole, accounts }: Grants,
): Promise<void> {
  if (staffRole) await giveStaffRole(ctx, provider, userId, staffRole);
  for (const grant of accounts) await giveMembership(ctx, provider, userId, grant);
}

async function giveStaffRole(ctx: Ctx, provider: Provider, userId: string, role: StaffRole): Promise<void> {
  if (role !== "admin") await keepAnAdmin(ctx, userId);
  const before = await staffRoleOf(ctx, userId);
  const isAdmin = role === "admin" ? {} : { breakGlassSince: null };
  await ctx.db
    .insert(staffMember)
    .values({ userId, role, createdAt: ctx.now })
    .onConflictDoUpdate({ target: staffMember.userId, set: { role, endedAt: null, ...isAdmin } });
  await recordGrant(ctx, userId, provider.editorUserIds);
  if (before !== null) await withdrawInvitations(ctx, null, userId);
  await record(
    ctx,
    fact(
      "staff.role_mapped",
      { subjectId: userId, accountId: null },
      { role, changes: changesBetween({ role: before }, { role }), providerId: provider.id },
    ),
  );
}

async function giveMembership(
  ctx: Ctx,
  provider: Provider,
  userId: string,
  { accountId, role }: AccountGrant,
): Promise<void> {
  const before = await roleIn(ctx, accountId, userId);
  if (before === role || (await isErased(ctx, accountId))) return;
  const mappedByProviderId = provider.id;
  if (role !== "owner") await keepAnOwner(ctx, accountId, userId);
  await ctx.db
    .insert(member)
    .values({ accountId, userId, role, mappedByProviderId, createdAt: ctx.now })
    .onConflictDoUpdate({ target: [member.accountId, member.userId], set: { role } });
  if (before !== null) await withdrawInvitations(ctx, accountId, userId);
  await record(
    ctx,
    fact(
      "member.role_mapped",
      { subjectId: userId, accountId },
      { role, changes: changesBetween({ role: before }, { role }), through: provider.name },
    ),
  );
}

/** As with every other change of a role: a link that they gave out, or have, must not bring the old one back. */
async function withdrawInvitations(ctx: Ctx, accountId: string | null, userId: string): Promise<void> {
  const [person] = await ctx.db.select({ email: user.email }).from(user).where(eq(user.id, userId));
  if (person) await withdrawOf(ctx, { accountId }, { userId, email: person.email });
}

async function roleIn(ctx: Ctx, accountId: string, userId: string): Promise<MemberRole | null> {
  const [found] = await ctx.db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.accountId, accountId), eq(member.userId, userId)));
  return found?.role ?? null;
}

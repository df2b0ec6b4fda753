import { and, eq, isNotNull, isNull, ne } from "drizzle-orm";
import { member } from "#db/schema/accounts.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import { accountDomain, personIdentity } from "#db/schema/identity.ts";
import type { Ctx } from "../frame/context.ts";
import { emailDomain } from "../rules/people/email-domain.ts";
import { type Claims, verifiedEmail } from "./claims.ts";
import type { Provider } from "./find-provider.ts";

/** Why an issuer's word for a person opens nothing. `unknown` also stands for blocked people: nobody learns which. */
export type IdentityFault = "unverified" | "no_address" | "unknown" | "no_role" | "other_way";

export type Known = { userId: string; email: string; emailVerifiedAt: Date | null };
export type Identified =
  | { ok: true; kind: "linked" | "to link"; person: Known }
  | { ok: true; kind: "new"; email: string }
  | { ok: false; reason: IdentityFault };

const columns = {
  userId: user.id,
  email: user.email,
  emailVerifiedAt: user.emailVerifiedAt,
  disabledAt: user.disabledAt,
};

/**
 * Whom an issuer means: the person who is linked to its subject; before the first link, the one with the address that it has verified;
 * or somebody new. Locks their row. It does not look at roles, but for whom this issuer must not speak: staff are only of an issuer for
 * staff, and an account's own issuer links nobody who has a place elsewhere, unless their proven address is at its proven domain, and
 * makes nobody at a domain that another account has proven.
 */
export async function identify(ctx: Ctx, provider: Provider, claims: Claims): Promise<Identified> {
  const [linked] = await ctx.db
    .select(columns)
    .from(personIdentity)
    .innerJoin(user, eq(user.id, personIdentity.userId))
    .where(and(eq(personIdentity.issuer, claims.iss), eq(personIdentity.subject, claims.sub)))
    .for("update");
  if (linked) return judge(ctx, provider, "linked", linked);
  const { email, isNamed } = verifiedEmail(claims);
  if (email === null) return { ok: false, reason: isNamed ? "unverified" : "no_address" };
  const [known] = await ctx.db.select(columns).from(user).where(eq(user.email, email)).for("update");
  if (known) return judge(ctx, provider, "to link", known);
  return (await isOfAnothersDomain(ctx, provider, email))
    ? { ok: false, reason: "other_way" }
    : { ok: true, kind: "new", email };
}

async function judge(
  ctx: Ctx,
  provider: Provider,
  kind: "linked" | "to link",
  { disabledAt, ...person }: Known & { disabledAt: Date | null },
): Promise<Identified> {
  if (disabledAt) return { ok: false, reason: "unknown" };
  if (provider.audience !== "staff" && (await isStaff(ctx, person.userId))) return { ok: false, reason: "other_way" };
  const isForeign = provider.accountId !== null && kind === "to link" && !(await isOfItsDomain(ctx, provider, person));
  if (isForeign && (await isElsewhere(ctx, person.userId, provider.accountId)))
    return { ok: false, reason: "other_way" };
  return { ok: true, kind, person };
}

/**
 * Whether a proven address is at a domain that the issuer's account has proven. Its issuer then also signs in who has a place elsewhere: the
 * session reaches that account only, and of a proven person nothing is thrown away.
 */
async function isOfItsDomain(ctx: Ctx, { accountId }: Provider, { email, emailVerifiedAt }: Known): Promise<boolean> {
  const domain = emailDomain(email);
  if (accountId === null || domain === null || emailVerifiedAt === null) return false;
  const own = and(eq(accountDomain.accountId, accountId), eq(accountDomain.domain, domain));
  return (await ctx.db.$count(accountDomain, and(own, isNotNull(accountDomain.provenAt)))) > 0;
}

/** Whether another account has proven the domain: this account's issuer makes nobody there, whom that account's own would then not get. */
async function isOfAnothersDomain(ctx: Ctx, { accountId }: Provider, email: string): Promise<boolean> {
  const domain = emailDomain(email);
  if (accountId === null || domain === null) return false;
  const others = and(ne(accountDomain.accountId, accountId), eq(accountDomain.domain, domain));
  return (await ctx.db.$count(accountDomain, and(others, isNotNull(accountDomain.provenAt)))) > 0;
}

async function isStaff(ctx: Ctx, userId: string): Promise<boolean> {
  return (await staffRoleOf(ctx, userId)) !== null;
}

/** Their role on the staff now. */
export async function staffRoleOf(ctx: Ctx, userId: string) {
  const [found] = await ctx.db
    .select({ role: staffMember.role })
    .from(staffMember)
    .where(and(eq(staffMember.userId, userId), isNull(staffMember.endedAt)));
  return found?.role ?? null;
}

async function isElsewhere(ctx: Ctx, userId: string, accountId: string | null): Promise<boolean> {
  const [found] = await ctx.db
    .select({ accountId: member.accountId })
    .from(member)
    .where(and(eq(member.userId, userId), ne(member.accountId, accountId ?? "")))
    .limit(1);
  return found !== undefined;
}

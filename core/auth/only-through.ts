import { and, eq, isNull, or, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { member } from "#db/schema/accounts.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import { accountDomain, identityProvider } from "#db/schema/identity.ts";
import { emailDomain } from "../rules/people/email-domain.ts";
import { hasSecondStep } from "./has-second-step.ts";

/** An issuer through which somewhere must be entered. */
export type OnlyWay = { id: string; name: string };
/**
 * `accountId` null = of staff, or of members of all accounts. `isOnlyWay` = for everybody; else it is for the addresses at a domain that the
 * account has proven, as this person's.
 */
type Kept = OnlyWay & {
  audience: "staff" | "members" | "account";
  accountId: string | null;
  isOnlyWay: boolean;
};

/**
 * Where single sign-on is the only way for a person. One row per issuer; most installations have none. What an account asks for the
 * addresses at its domain concerns that account only, and also addresses that nobody has proven.
 */
export async function onlyWays(db: Queryable, userId: string): Promise<Kept[]> {
  const { id, name, audience, accountId, isOnlyWay, isEnabled } = identityProvider;
  const required = and(eq(accountDomain.accountId, accountId), accountDomain.isRequired);
  const rows = await db
    .select({
      ...{ id, name, audience, accountId, isOnlyWay },
      domains: sql<string[]>`array(select ${accountDomain.domain} from ${accountDomain} where ${required})`,
      email: sql<string | null>`(select ${user.email} from ${user} where ${user.id} = ${userId})`,
    })
    .from(identityProvider)
    .where(and(isEnabled, or(isOnlyWay, sql`exists (select 1 from ${accountDomain} where ${required})`)));
  return rows
    .filter(({ isOnlyWay, domains, email }) => isOnlyWay || domains.includes(emailDomain(email ?? "") ?? ""))
    .map(({ domains: _, email: __, ...kept }) => kept);
}

/**
 * The ways that lead to an account: its own that are for everybody, else its own for this person's address, or, where it has none, the
 * ways of all members. Empty = any way leads there.
 */
export function waysToAccount(kept: readonly Kept[], accountId: string): OnlyWay[] {
  const own = kept.filter((one) => one.accountId === accountId);
  const strict = own.filter((one) => one.isOnlyWay);
  const ofMembers = kept.filter((one) => one.audience === "members");
  const ways = [strict, own, ofMembers].find((some) => some.length > 0) ?? [];
  return ways.map(({ id, name }) => ({ id, name }));
}

type Desk = { ways: OnlyWay[]; isBreakGlass: boolean };

/** Those that lead to the desk, and whether this person may go around them. */
export async function waysToDesk(db: Queryable, kept: readonly Kept[], userId: string): Promise<Desk | null> {
  const [found] = await db
    .select({ breakGlassSince: staffMember.breakGlassSince })
    .from(staffMember)
    .where(and(eq(staffMember.userId, userId), isNull(staffMember.endedAt)));
  if (!found) return null;
  const ways = kept.filter((one) => one.audience === "staff").map(({ id, name }) => ({ id, name }));
  return { ways, isBreakGlass: found.breakGlassSince !== null && (await hasSecondStep(db, userId)) };
}

export type WithoutIssuer =
  /** Somewhere can be reached without an issuer. `breaksGlass` = the desk, by the admin who may, though it is closed to others. */
  { isOpen: true; breaksGlass: boolean } | { isOpen: false; ways: OnlyWay[] };

/**
 * Whether a person may sign in another way than through an issuer: if there is anywhere that they reach like that, or if the session is
 * bound to one account, there.
 */
export async function withoutIssuer(
  db: Queryable,
  userId: string,
  boundTo: string | null = null,
): Promise<WithoutIssuer> {
  const kept = await onlyWays(db, userId);
  if (kept.length === 0) return { isOpen: true, breaksGlass: false };
  if (boundTo !== null) {
    const ways = waysToAccount(kept, boundTo);
    return ways.length === 0 ? { isOpen: true, breaksGlass: false } : { isOpen: false, ways };
  }
  const desk = await waysToDesk(db, kept, userId);
  if (desk?.isBreakGlass) return { isOpen: true, breaksGlass: desk.ways.length > 0 };
  const accounts = await db.select({ accountId: member.accountId }).from(member).where(eq(member.userId, userId));
  const places = [...(desk ? [desk.ways] : []), ...accounts.map(({ accountId }) => waysToAccount(kept, accountId))];
  if (places.length === 0 || places.some((ways) => ways.length === 0)) return { isOpen: true, breaksGlass: false };
  return { isOpen: false, ways: [...new Map(places.flat().map((way) => [way.id, way])).values()] };
}

import { and, eq, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { member } from "#db/schema/accounts.ts";
import { staffMember } from "#db/schema/auth.ts";
import { identityProvider } from "#db/schema/identity.ts";
import { hasSecondStep } from "./has-second-step.ts";

/** An issuer through which somewhere must be entered. */
export type OnlyWay = { id: string; name: string };
/** `accountId` null = of staff, or of members of all accounts. */
type Kept = OnlyWay & { audience: "staff" | "members" | "account"; accountId: string | null };

/** Where single sign-on is the only way. One row per issuer; most installations have none. */
export function onlyWays(db: Queryable): Promise<Kept[]> {
  const { id, name, audience, accountId } = identityProvider;
  return db
    .select({ id, name, audience, accountId })
    .from(identityProvider)
    .where(and(identityProvider.isOnlyWay, identityProvider.isEnabled));
}

/** The ways that lead to an account: its own, or, where it has none, the ways of all members. Empty = any way leads there. */
export function waysToAccount(kept: readonly Kept[], accountId: string): OnlyWay[] {
  const own = kept.filter((one) => one.accountId === accountId);
  const ways = own.length > 0 ? own : kept.filter((one) => one.audience === "members");
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
  const kept = await onlyWays(db);
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

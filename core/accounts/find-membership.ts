import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { account, member } from "#db/schema/accounts.ts";
import type { FoundSession } from "../auth/find-session.ts";
import { type OnlyWay, onlyWays, waysToAccount } from "../auth/only-through.ts";
import { lowerRole } from "../rules/people/lower-role.ts";
import type { MemberRole } from "../rules/vocabulary.ts";

export type Membership = {
  accountId: string;
  slug: string;
  name: string;
  role: MemberRole;
  /** Set = the account is entered through one of these issuers only, and this session was not. */
  onlyThrough: OnlyWay[] | null;
};

type Session = Pick<FoundSession, "userId" | "portal" | "providerId" | "onlyAccountId">;

/**
 * What the person of this session is in the account of this slug, or null. A session of the provider's product or of an account's own
 * issuer reaches its own account only, the former with no more than it was given. Runs before there is a member actor, to make one.
 */
export async function findMembership(db: Queryable, session: Session, slug: string): Promise<Membership | null> {
  const { userId, portal, providerId } = session;
  const onlyAccountId = portal?.accountId ?? session.onlyAccountId;
  const [row] = await db
    .select({ accountId: account.id, slug: account.slug, name: account.name, role: member.role })
    .from(member)
    .innerJoin(account, eq(account.id, member.accountId))
    .where(and(eq(member.userId, userId), eq(account.slug, slug)));
  if (!row || (onlyAccountId !== null && onlyAccountId !== row.accountId)) return null;
  const ways = waysToAccount(await onlyWays(db, userId), row.accountId);
  const isEntered = ways.length === 0 || ways.some(({ id }) => id === providerId);
  const role = portal === null ? row.role : lowerRole(row.role, portal.mostRole);
  return { ...row, role, onlyThrough: isEntered ? null : ways };
}

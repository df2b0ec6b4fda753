import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { account, member } from "#db/schema/accounts.ts";
import type { FoundSession } from "../auth/find-session.ts";
import { lowerRole } from "../rules/people/lower-role.ts";
import type { MemberRole } from "../rules/vocabulary.ts";

export type Membership = { accountId: string; slug: string; name: string; role: MemberRole };

/**
 * What the person of this session is in the account of this slug, or null. A portal session reaches its own account only, and there
 * no more than it was given. Runs before there is a member actor, to make one.
 */
export async function findMembership(
  db: Queryable,
  { userId, portal }: Pick<FoundSession, "userId" | "portal">,
  slug: string,
): Promise<Membership | null> {
  const [row] = await db
    .select({ accountId: account.id, slug: account.slug, name: account.name, role: member.role })
    .from(member)
    .innerJoin(account, eq(account.id, member.accountId))
    .where(and(eq(member.userId, userId), eq(account.slug, slug)));
  if (!row || portal === null) return row ?? null;
  return row.accountId === portal.accountId ? { ...row, role: lowerRole(row.role, portal.mostRole) } : null;
}

import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { account, member } from "#db/schema/accounts.ts";
import type { MemberRole } from "../rules/vocabulary.ts";

export type Membership = { accountId: string; slug: string; name: string; role: MemberRole };

/** The person's role in the account of this slug, or null. Runs before there is a member actor, to make one. */
export async function findMembership(db: Queryable, userId: string, slug: string): Promise<Membership | null> {
  const [row] = await db
    .select({ accountId: account.id, slug: account.slug, name: account.name, role: member.role })
    .from(member)
    .innerJoin(account, eq(account.id, member.accountId))
    .where(and(eq(member.userId, userId), eq(account.slug, slug)));
  return row ?? null;
}

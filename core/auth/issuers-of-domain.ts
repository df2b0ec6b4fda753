import { and, asc, eq, isNotNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { accountDomain, identityProvider } from "#db/schema/identity.ts";
import type { OnlyWay } from "./only-through.ts";

/**
 * The issuers of the account that has proven a domain. Of an address only this is asked, so the answer is the same whether there is such
 * a person. That the domain is here is no secret: its record is in public DNS.
 */
export async function issuersOfDomain(db: Queryable, domain: string | null): Promise<OnlyWay[]> {
  if (domain === null) return [];
  return db
    .select({ id: identityProvider.id, name: identityProvider.name })
    .from(accountDomain)
    .innerJoin(
      identityProvider,
      and(eq(identityProvider.accountId, accountDomain.accountId), identityProvider.isEnabled),
    )
    .where(and(eq(accountDomain.domain, domain), isNotNull(accountDomain.provenAt)))
    .orderBy(asc(identityProvider.createdAt), asc(identityProvider.id));
}

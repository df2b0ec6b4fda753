import { eq, sql } from "drizzle-orm";
import { session } from "#db/schema/auth.ts";
import { identityProvider } from "#db/schema/identity.ts";
import type { Ctx } from "./context.ts";

/**
 * The only account that a session reaches, because the account's own issuer opened it: what that issuer says of a person must count
 * nowhere else. Null = no such bound.
 */
export async function accountOfSession({ actor, db }: Ctx): Promise<string | null> {
  const sessionId = "sessionId" in actor ? actor.sessionId : null;
  if (sessionId === null) return null;
  const [found] = await db
    .select({ accountId: identityProvider.accountId })
    .from(session)
    .innerJoin(identityProvider, eq(identityProvider.id, session.providerId))
    .where(sql`${session.id} = ${sessionId}`);
  return found?.accountId ?? null;
}

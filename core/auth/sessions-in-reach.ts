import { type SQL, sql } from "drizzle-orm";
import { session } from "#db/schema/auth.ts";
import { identityProvider } from "#db/schema/identity.ts";
import type { Ctx } from "../frame/context.ts";
import { accountOfSession } from "../frame/session-account.ts";

/**
 * Which of a person's sessions this one may see and end: all, or where an account's own issuer opened it, those through that account's
 * issuers. Whoever runs one must learn nothing of, and end nothing in, the person's other accounts.
 */
export async function sessionsInReach(ctx: Ctx): Promise<SQL | undefined> {
  const only = await accountOfSession(ctx);
  if (only === null) return undefined;
  return sql`${session.providerId} in (select p.id from ${identityProvider} p where p.account_id = ${only})`;
}

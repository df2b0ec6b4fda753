import { and, eq, gt, sql } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { protectedAfterMs } from "../rules/standing/enforcement.ts";

/**
 * Whether this person needs a second one for a measure on an account: it is protected, or they took its protection off within the
 * last day. Else the one whom the protection should stop could take it off first.
 */
export async function isProtectedFrom(ctx: Ctx, accountId: string): Promise<boolean> {
  const [found] = await ctx.db
    .select({ isProtected: account.isProtected })
    .from(account)
    .where(eq(account.id, accountId));
  if (found?.isProtected) return true;
  const [unprotected] = await ctx.db
    .select({ id: auditEvent.id })
    .from(auditEvent)
    .where(
      and(
        eq(auditEvent.accountId, accountId),
        eq(auditEvent.action, "account.unprotect"),
        sql`${auditEvent.actorUserId} = ${actorUserId(ctx.actor)}`,
        gt(auditEvent.at, new Date(ctx.now.getTime() - protectedAfterMs)),
      ),
    )
    .limit(1);
  return unprotected !== undefined;
}

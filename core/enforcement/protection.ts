import { and, eq, gt } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { protectedAfterMs } from "../rules/standing/enforcement.ts";
import { whyNotTwo } from "./second-person.ts";

/**
 * Whether this person needs a second one for a measure on an account: it is protected, or its protection was taken off within
 * the last day by them, or by who may be them under another name. Else the one that the protection should stop could take it off first.
 */
export async function isProtectedFrom(ctx: Ctx, accountId: string): Promise<boolean> {
  const [found] = await ctx.db
    .select({ isProtected: account.isProtected })
    .from(account)
    .where(eq(account.id, accountId));
  if (found?.isProtected) return true;
  const unprotected = await ctx.db
    .selectDistinct({ userId: auditEvent.actorUserId })
    .from(auditEvent)
    .where(
      and(
        eq(auditEvent.accountId, accountId),
        eq(auditEvent.action, "account.unprotect"),
        gt(auditEvent.at, new Date(ctx.now.getTime() - protectedAfterMs)),
      ),
    );
  const ownId = actorUserId(ctx.actor);
  for (const { userId } of unprotected) {
    if (userId === null || ownId === null) continue;
    if (userId === ownId || (await whyNotTwo(ctx, userId, ownId))) return true;
  }
  return false;
}

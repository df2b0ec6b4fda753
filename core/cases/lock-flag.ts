import { and, eq } from "drizzle-orm";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import type { Ctx } from "../frame/context.ts";
import { notFound } from "../frame/errors.ts";
import { lockAccounts } from "../frame/lock-accounts.ts";
import { scoped } from "../frame/scope.ts";

/**
 * Everyone who writes flags holds the lock of their account, which acts take too: else a detector that read a flag before a decision
 * could write over it, or put a new one into a case that has just been closed.
 */

/** A flag as it is once nobody else changes it. Throws `not_found`. */
export async function lockFlag(ctx: Ctx, flagId: string) {
  const own = and(eq(flag.id, flagId), scoped(ctx, flag.accountId));
  const [found] = await ctx.db.select({ accountId: flag.accountId }).from(flag).where(own);
  if (!found) throw notFound("flag");
  await lockAccounts(ctx, [found.accountId]);
  const [locked] = await ctx.db
    .select({ state: flag.state, accountId: flag.accountId, caseId: flag.caseId, detector: flag.detector })
    .from(flag)
    .where(own);
  if (!locked) throw notFound("flag");
  return locked;
}

/** Locks the account of a case, whose flags and actions then stay as they are. Returns the account. Throws `not_found`. */
export async function lockAccountOfCase(ctx: Ctx, caseId: string): Promise<string> {
  const [found] = await ctx.db
    .select({ accountId: abuseCase.accountId })
    .from(abuseCase)
    .where(and(eq(abuseCase.id, caseId), scoped(ctx, abuseCase.accountId)));
  if (!found) throw notFound("case");
  await lockAccounts(ctx, [found.accountId]);
  return found.accountId;
}

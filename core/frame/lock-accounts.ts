import { asc, inArray, type SQL } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import { action } from "#db/schema/enforcement.ts";
import type { Ctx } from "./context.ts";

/**
 * Makes acts on one account follow each other, so that each sees what the one before has done. Taken before an action is read or
 * locked, and for several accounts in one order, or two acts could wait for each other for ever.
 */
export async function lockAccounts(ctx: Ctx, accountIds: readonly string[]): Promise<void> {
  await lock(ctx, inArray(account.id, [...accountIds]));
}

/** The same for the accounts of the actions that a condition names. */
export async function lockAccountsOf(ctx: Ctx, actions: SQL | undefined): Promise<void> {
  await lock(ctx, inArray(account.id, ctx.db.select({ id: action.accountId }).from(action).where(actions)));
}

/** Rows that only name the account, such as a new token, go on being written meanwhile. */
async function lock(ctx: Ctx, which: SQL): Promise<void> {
  await ctx.db.select({ id: account.id }).from(account).where(which).orderBy(asc(account.id)).for("no key update");
}

import { eq } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "./context.ts";
import { AppError } from "./errors.ts";
import { endsWithTermination, type Permission } from "./permissions.ts";
import { standingOf } from "./standing-of.ts";

/** Throws `conflict` when who acts belongs to an account that is closed or terminated, and the permission ends with it. */
export async function refuseAfterTermination(ctx: Ctx, permission: Permission): Promise<void> {
  const { actor } = ctx;
  if (!endsWithTermination(actor, permission) || !("accountId" in actor)) return;
  const [found] = await ctx.db
    .select({ closedAt: account.closedAt })
    .from(account)
    .where(eq(account.id, actor.accountId));
  if (found?.closedAt) throw new AppError("conflict", words.errors.accountClosed);
  if ((await standingOf(ctx, actor.accountId)) === "terminated")
    throw new AppError("conflict", words.errors.accountTerminated);
}

import { and, eq } from "drizzle-orm";
import { member } from "#db/schema/accounts.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";

/** Whether this person is the account's last owner. Locks the owners, so that two cannot leave at once. */
export async function isLastOwner(ctx: Ctx, accountId: string, userId: string): Promise<boolean> {
  const owners = await ctx.db
    .select({ userId: member.userId })
    .from(member)
    .where(and(eq(member.accountId, accountId), eq(member.role, "owner")))
    .for("update");
  return owners.length === 1 && owners[0]?.userId === userId;
}

/** Refuses with `conflict` when this person is the account's last owner. */
export async function keepAnOwner(ctx: Ctx, accountId: string, leavingUserId: string): Promise<void> {
  if (await isLastOwner(ctx, accountId, leavingUserId)) throw new AppError("conflict", words.errors.lastOwner);
}

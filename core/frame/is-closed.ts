import { eq } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import type { Ctx } from "./context.ts";

/** Whether an account is closed, or erased, and so takes nobody in. If it is not erased, it cannot be until the commit. */
export async function isClosed(ctx: Ctx, accountId: string): Promise<boolean> {
  const [found] = await ctx.db
    .select({ closedAt: account.closedAt })
    .from(account)
    .where(eq(account.id, accountId))
    .for("key share");
  return found !== undefined && found.closedAt !== null;
}

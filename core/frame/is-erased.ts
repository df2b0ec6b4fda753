import { eq } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import type { Ctx } from "./context.ts";

/**
 * Whether an account was erased. If not, it cannot be until the commit: asked before somebody becomes a member, so that an erasure
 * overlooks nobody who is just coming in.
 */
export async function isErased(ctx: Ctx, accountId: string): Promise<boolean> {
  const [found] = await ctx.db
    .select({ erasedAt: account.erasedAt })
    .from(account)
    .where(eq(account.id, accountId))
    .for("key share");
  return found !== undefined && found.erasedAt !== null;
}

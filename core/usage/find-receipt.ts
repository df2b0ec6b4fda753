import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { refusal } from "#db/schema/usage.ts";
import { actorUserId } from "../context.ts";
import { query } from "../define.ts";

/** The account of a receipt, if the signed-in person is a member of it; null otherwise, so that receipts tell strangers nothing. */
export const findReceipt = query({
  permission: "session:own",
  input: z.strictObject({ receipt: z.string().max(80) }),
  run: async (ctx, { receipt }) => {
    const userId = actorUserId(ctx.actor);
    if (userId === null) return null;
    const [found] = await ctx.db
      .select({ accountSlug: account.slug })
      .from(refusal)
      .innerJoin(account, eq(account.id, refusal.accountId))
      .innerJoin(member, and(eq(member.accountId, account.id), eq(member.userId, userId)))
      .where(eq(refusal.receipt, receipt))
      .limit(1);
    return found ?? null;
  },
});

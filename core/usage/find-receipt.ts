import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { staffMember } from "#db/schema/auth.ts";
import { actorUserId } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { accountOfSession } from "../frame/session-account.ts";
import { accountOfReceipt } from "./account-of-receipt.ts";

/**
 * Whose a receipt is, if the signed-in person may see it: as a member of its account, or as staff. Null otherwise, so that
 * receipts tell strangers nothing.
 */
export const findReceipt = query({
  permission: "session:own",
  input: z.strictObject({ receipt: z.string().max(80) }),
  run: async (ctx, { receipt }) => {
    const userId = actorUserId(ctx.actor);
    if (userId === null) return null;
    const accountId = await accountOfReceipt(ctx, receipt);
    if (accountId === null) return null;
    const [found] = await ctx.db
      .select({
        accountSlug: account.slug,
        accountName: account.name,
        memberId: member.userId,
        staffId: staffMember.userId,
        staffEndedAt: staffMember.endedAt,
      })
      .from(account)
      .leftJoin(member, and(eq(member.accountId, account.id), eq(member.userId, userId)))
      .leftJoin(staffMember, eq(staffMember.userId, userId))
      .where(eq(account.id, accountId));
    const only = await accountOfSession(ctx);
    if (!found || (only !== null && only !== accountId)) return null;
    const { accountSlug, accountName } = found;
    const isStaff = found.staffId !== null && found.staffEndedAt === null;
    if (found.memberId === null && !isStaff) return null;
    return { accountId, accountSlug, accountName, isMember: found.memberId !== null };
  },
});

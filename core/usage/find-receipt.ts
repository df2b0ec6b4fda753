import { and, between, eq } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { staffMember } from "#db/schema/auth.ts";
import { refusal } from "#db/schema/usage.ts";
import { actorUserId } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { accountOfSession } from "../frame/session-account.ts";
import { receiptTimeMs } from "../rules/limits/receipt.ts";
import { findRefusalReceipt } from "./find-refusal-receipt.ts";

/**
 * Whose a receipt is, if the signed-in person may see it: as a member of its account, or as staff. Null otherwise, so that
 * receipts tell strangers nothing. The time in the receipt leads to the part of the table that holds it.
 */
export const findReceipt = query({
  permission: "session:own",
  input: z.strictObject({ receipt: z.string().max(80) }),
  run: async (ctx, { receipt }) => {
    const userId = actorUserId(ctx.actor);
    const atMs = receiptTimeMs(receipt);
    if (userId === null || atMs === null) return null;
    const [kept] = await ctx.db
      .select({ accountId: refusal.accountId })
      .from(refusal)
      .where(and(eq(refusal.receipt, receipt), between(refusal.at, new Date(atMs - 1_000), new Date(atMs + 1_000))))
      .limit(1);
    const owner = kept ?? (await findRefusalReceipt(ctx, receipt, undefined));
    if (!owner) return null;
    const [found] = await ctx.db
      .select({
        accountId: account.id,
        accountSlug: account.slug,
        accountName: account.name,
        memberId: member.userId,
        staffId: staffMember.userId,
        staffEndedAt: staffMember.endedAt,
      })
      .from(account)
      .leftJoin(member, and(eq(member.accountId, account.id), eq(member.userId, userId)))
      .leftJoin(staffMember, eq(staffMember.userId, userId))
      .where(eq(account.id, owner.accountId));
    const only = await accountOfSession(ctx);
    if (!found || (only !== null && only !== found.accountId)) return null;
    const { accountId, accountSlug, accountName } = found;
    const isStaff = found.staffId !== null && found.staffEndedAt === null;
    if (found.memberId === null && !isStaff) return null;
    return { accountId, accountSlug, accountName, isMember: found.memberId !== null };
  },
});

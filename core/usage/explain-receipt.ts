import { and, between, eq } from "drizzle-orm";
import { z } from "zod";
import { refusal, refusalReceipt } from "#db/schema/usage.ts";
import { query } from "../frame/define.ts";
import { receiptTimeMs } from "../rules/limits/receipt.ts";
import { nilId } from "../rules/uuid.ts";
import { findRefusalReceipt } from "./find-refusal-receipt.ts";

/**
 * When and with which code a request of no account was refused: its token was missing, damaged or unknown, so there is nobody to
 * sign in as. Anybody with the receipt may ask, and learns no more than the refusal said. Null = an account's, or none.
 */
export const explainReceipt = query({
  permission: "receipts:explain",
  input: z.strictObject({ receipt: z.string().max(80) }),
  run: async (ctx, { receipt }) => {
    const atMs = receiptTimeMs(receipt);
    if (atMs === null) return null;
    const [found] = await ctx.db
      .select({ code: refusal.code, at: refusal.at })
      .from(refusal)
      .where(
        and(
          eq(refusal.accountId, nilId),
          eq(refusal.receipt, receipt),
          between(refusal.at, new Date(atMs - 1_000), new Date(atMs + 1_000)),
        ),
      )
      .limit(1);
    if (found) return found;
    const rest = await findRefusalReceipt(ctx, receipt, eq(refusalReceipt.accountId, nilId));
    return rest && { code: rest.code, at: rest.at };
  },
});

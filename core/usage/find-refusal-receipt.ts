import { and, inArray, type SQL, sql } from "drizzle-orm";
import { refusalReceipt } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { receiptHex, receiptTimeMs } from "../rules/limits/receipt.ts";
import { minuteMs } from "../rules/time.ts";

/** The gate takes the time of a receipt and of its record in one turn; a turn may begin just before a minute. */
const slackMs = 1_000;
/** Of one receipt in a row. */
const receiptBytes = 12;

/**
 * A refusal of which only the receipt is kept, with what all of its row share and its time from the receipt. Null = it is kept whole,
 * is too old, or was never handed out. `among` narrows the rows.
 */
export async function findRefusalReceipt(ctx: Ctx, receipt: string, among: SQL | undefined) {
  const atMs = receiptTimeMs(receipt);
  const hex = receiptHex(receipt);
  if (atMs === null || hex === null) return null;
  const minuteOf = (ms: number) => new Date(Math.floor(ms / minuteMs) * minuteMs);
  const [row] = await ctx.db
    .select({
      accountId: refusalReceipt.accountId,
      tokenId: refusalReceipt.tokenId,
      endpointId: refusalReceipt.endpointId,
      surface: refusalReceipt.surface,
      code: refusalReceipt.code,
      gateId: refusalReceipt.gateId,
    })
    .from(refusalReceipt)
    .where(
      and(
        inArray(refusalReceipt.at, [minuteOf(atMs - slackMs), minuteOf(atMs), minuteOf(atMs + slackMs)]),
        // Aligned to the entries, so that no two halves of neighbours open as one.
        sql`position(decode(${hex}, 'hex') in ${refusalReceipt.receipts}) % ${receiptBytes} = 1`,
        among,
      ),
    )
    .limit(1);
  return row ? { ...row, at: new Date(atMs) } : null;
}

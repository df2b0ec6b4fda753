import { and, between, eq } from "drizzle-orm";
import { refusal } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { receiptTimeMs } from "../rules/limits/receipt.ts";
import { findRefusalReceipt } from "./find-refusal-receipt.ts";

/** Whose refusal a receipt is of; null = nobody's, or it is too old. The time in the receipt leads to the part of the table that holds it. */
export async function accountOfReceipt(ctx: Ctx, receipt: string): Promise<string | null> {
  const atMs = receiptTimeMs(receipt);
  if (atMs === null) return null;
  const [kept] = await ctx.db
    .select({ accountId: refusal.accountId })
    .from(refusal)
    .where(and(eq(refusal.receipt, receipt), between(refusal.at, new Date(atMs - 1_000), new Date(atMs + 1_000))))
    .limit(1);
  return (kept ?? (await findRefusalReceipt(ctx, receipt, undefined)))?.accountId ?? null;
}

import { sql } from "drizzle-orm";
import type { Ctx } from "./context.ts";
import type { AppError } from "./errors.ts";
import { lockAccounts } from "./lock-accounts.ts";

export type Bound = {
  /** Whose they are; null = the provider's. */
  accountId: string | null;
  /** What is bounded, such as "webhook endpoints": bounds of the provider wait for others of the same name only. */
  what: string;
  most: number;
  /** How many there are already. */
  count: () => Promise<number>;
  /** Thrown when one more would be too many. */
  refusal: AppError;
};

/**
 * Refuses what would be one too many. It takes a lock before it counts, held until the commit, so that two at once are counted one
 * after the other.
 */
export async function atMost(ctx: Ctx, { accountId, what, most, count, refusal }: Bound): Promise<void> {
  if (accountId !== null) await lockAccounts(ctx, [accountId]);
  else await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse bound'), hashtext(${what}))`);
  if ((await count()) >= most) throw refusal;
}

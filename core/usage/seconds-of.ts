import { Subquery, sql } from "drizzle-orm";
import type { usageSecond } from "#db/schema/usage.ts";

/**
 * Requests of an account by second, token and endpoint, from `from` to before `to` (left out = to the last one): to be selected
 * from in the place of the table `usageSecond`, whose name and columns it has.
 */
export function secondsOf(accountId: string, from: Date, to?: Date): typeof usageSecond {
  const seconds = sql`select * from usage_seconds(${accountId}, ${from}, ${to ?? sql`'infinity'`})`;
  // Drizzle takes a function's rows for what it selects from, but knows no types for them.
  return new Subquery(seconds, {}, "usage_second") as unknown as typeof usageSecond;
}

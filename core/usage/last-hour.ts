import { and, eq, gte, sql } from "drizzle-orm";
import { usageMinute } from "#db/schema/usage.ts";
import type { Ctx } from "../context.ts";

/** Requests of an account in the last 60 minutes, to the minute. */
export async function lastHour(ctx: Ctx, accountId: string): Promise<{ allowed: number; refused: number }> {
  const isAllowed = sql`${usageMinute.outcome} = 'allowed'`;
  const [row] = await ctx.db
    .select({
      allowed: sql<number>`coalesce(sum(${usageMinute.requests}) filter (where ${isAllowed}), 0)::float8`,
      refused: sql<number>`coalesce(sum(${usageMinute.requests}) filter (where not ${isAllowed}), 0)::float8`,
    })
    .from(usageMinute)
    .where(and(eq(usageMinute.accountId, accountId), gte(usageMinute.at, new Date(ctx.now.getTime() - 3_600_000))));
  return row ?? { allowed: 0, refused: 0 };
}

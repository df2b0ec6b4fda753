import { and, eq, gte, sql } from "drizzle-orm";
import { usageMinute } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { hourMs } from "../rules/time.ts";

export type LastHour = { allowed: number; refused: number; spent: number };

/** Requests of an account in the last 60 minutes, to the minute, and what they took from the quota. */
export async function lastHour(ctx: Ctx, accountId: string): Promise<LastHour> {
  const isAllowed = sql`${usageMinute.outcome} = 'allowed'`;
  const [row] = await ctx.db
    .select({
      allowed: sql<number>`coalesce(sum(${usageMinute.requests}) filter (where ${isAllowed}), 0)::float8`,
      refused: sql<number>`coalesce(sum(${usageMinute.requests}) filter (where not ${isAllowed}), 0)::float8`,
      spent: sql<number>`coalesce(sum(${usageMinute.spent}), 0)::float8`,
    })
    .from(usageMinute)
    .where(and(eq(usageMinute.accountId, accountId), gte(usageMinute.at, new Date(ctx.now.getTime() - hourMs))));
  return row ?? { allowed: 0, refused: 0, spent: 0 };
}

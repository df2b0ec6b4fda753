import { and, eq, gte, sql } from "drizzle-orm";
import { usageDay, usageHour } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { dayStartMs } from "../rules/limits/quota.ts";
import { hourMs } from "../rules/time.ts";

export type TokenDays = Awaited<ReturnType<typeof tokenDays>>;

/**
 * Per token of one account, or of one token: today's counts (UTC day) and requests per hour over the last 24 hours, oldest
 * first.
 */
export async function tokenDays(ctx: Ctx, accountId: string, tokenId?: string) {
  const nowMs = ctx.now.getTime();
  const todayAsked = ctx.db
    .select({
      tokenId: usageDay.tokenId,
      requests: sql<number>`sum(${usageDay.requests})::float8`,
      refused: sql<number>`coalesce(sum(${usageDay.requests}) filter (where ${usageDay.outcome} <> 'allowed'), 0)::float8`,
      spent: sql<number>`sum(${usageDay.spent})::float8`,
    })
    .from(usageDay)
    .where(
      and(
        eq(usageDay.accountId, accountId),
        eq(usageDay.at, new Date(dayStartMs(nowMs))),
        tokenId === undefined ? undefined : eq(usageDay.tokenId, tokenId),
      ),
    )
    .groupBy(usageDay.tokenId);
  const firstHourMs = nowMs - (nowMs % hourMs) - 23 * hourMs;
  const hoursAsked = ctx.db
    .select({ tokenId: usageHour.tokenId, at: usageHour.at, requests: sql<number>`sum(${usageHour.requests})::float8` })
    .from(usageHour)
    .where(
      and(
        eq(usageHour.accountId, accountId),
        gte(usageHour.at, new Date(firstHourMs)),
        tokenId === undefined ? undefined : eq(usageHour.tokenId, tokenId),
      ),
    )
    .groupBy(usageHour.tokenId, usageHour.at);
  const [todayRows, hourRows] = await Promise.all([todayAsked, hoursAsked]);
  const hours = new Map<string, number[]>();
  for (const row of hourRows) {
    const series = hours.get(row.tokenId) ?? new Array<number>(24).fill(0);
    series[Math.round((row.at.getTime() - firstHourMs) / hourMs)] = row.requests;
    hours.set(row.tokenId, series);
  }
  return { today: new Map(todayRows.map(({ tokenId, ...counts }) => [tokenId, counts])), hours };
}

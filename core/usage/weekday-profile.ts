import { and, eq, gte, lt, or, sql } from "drizzle-orm";
import { usageHour } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { dayStartMs } from "../rules/limits/quota.ts";
import { dayMs, minuteMs } from "../rules/time.ts";
import type { WeekdayProfile } from "../rules/usage/forecast.ts";

const weeksBack = 4;
const keptMs = 10 * minuteMs;
const mostKept = 5_000;

/** Past days do not change, and the live view asks every second: what was read is kept for ten minutes. */
const kept = new Map<string, { untilMs: number; profile: WeekdayProfile }>();

/** What the account spent per hour on the same weekday of the last four weeks, the mean of the weeks that had any use. */
export async function weekdayProfile(ctx: Ctx, accountId: string): Promise<WeekdayProfile> {
  const nowMs = ctx.now.getTime();
  const today = dayStartMs(nowMs);
  const key = `${accountId} ${today}`;
  const known = kept.get(key);
  if (known && known.untilMs > nowMs) return known.profile;
  const profile = await readProfile(ctx, accountId, today);
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, { untilMs: nowMs + keptMs, profile });
  return profile;
}

async function readProfile(ctx: Ctx, accountId: string, today: number): Promise<WeekdayProfile> {
  const days = Array.from({ length: weeksBack }, (_, week) => today - (week + 1) * 7 * dayMs);
  const rows = await ctx.db
    .select({ at: usageHour.at, spent: sql<number>`sum(${usageHour.spent})::float8` })
    .from(usageHour)
    .where(
      and(
        eq(usageHour.accountId, accountId),
        or(...days.map((day) => and(gte(usageHour.at, new Date(day)), lt(usageHour.at, new Date(day + dayMs))))),
      ),
    )
    .groupBy(usageHour.at);
  const weeks = new Set(rows.filter((row) => row.spent > 0).map((row) => dayStartMs(row.at.getTime()))).size;
  if (weeks === 0) return null;
  const hours = new Array<number>(24).fill(0);
  for (const { at, spent } of rows) hours[at.getUTCHours()] = (hours[at.getUTCHours()] ?? 0) + spent / weeks;
  return { hours, weeks };
}

import { and, eq, gte, sql } from "drizzle-orm";
import { z } from "zod";
import { usageDay, usageMinute } from "#db/schema/usage.ts";
import type { Ctx } from "../context.ts";
import { query } from "../define.ts";
import { forecast } from "../rules/forecast.ts";
import { dayStartMs, quotaState } from "../rules/quota.ts";
import { accountOf } from "../scope.ts";
import { limitsInForce } from "./limits-in-force.ts";
import { weekdayProfile } from "./weekday-profile.ts";

/** Today's quota of an account: limit, used, remaining, reset at midnight UTC, and what is expected of the rest of the day. */
export const getQuota = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) => readQuota(ctx, accountOf(ctx, input.accountId)),
});

/** The same for whoever has checked whose account it is. */
export async function readQuota(ctx: Ctx, accountId: string) {
  const nowMs = ctx.now.getTime();
  const [{ plan, quotaPerDay }, spent, lastHour, profile] = await Promise.all([
    limitsInForce(ctx, accountId),
    spentToday(ctx, accountId),
    spentLastHour(ctx, accountId),
    weekdayProfile(ctx, accountId),
  ]);
  const state = quotaState(spent, quotaPerDay, nowMs);
  return { plan, ...state, spentLastHour: lastHour, forecast: forecast(state, lastHour, profile, nowMs) };
}

/** Cost taken from today's quota, by the counts in the database; a second or two behind the gate. */
export async function spentToday(ctx: Ctx, accountId: string): Promise<number> {
  const [row] = await ctx.db
    .select({ spent: sql<number>`coalesce(sum(${usageDay.spent}), 0)::float8` })
    .from(usageDay)
    .where(and(eq(usageDay.accountId, accountId), eq(usageDay.at, new Date(dayStartMs(ctx.now.getTime())))));
  return row?.spent ?? 0;
}

async function spentLastHour(ctx: Ctx, accountId: string): Promise<number> {
  const [row] = await ctx.db
    .select({ spent: sql<number>`coalesce(sum(${usageMinute.spent}), 0)::float8` })
    .from(usageMinute)
    .where(and(eq(usageMinute.accountId, accountId), gte(usageMinute.at, new Date(ctx.now.getTime() - 3_600_000))));
  return row?.spent ?? 0;
}

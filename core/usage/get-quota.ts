import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { usageDay } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { dayStartMs, quotaState } from "../rules/limits/quota.ts";
import { forecast } from "../rules/usage/forecast.ts";
import { type LastHour, lastHour } from "./last-hour.ts";
import { type LimitsInForce, limitsInForce } from "./limits-in-force.ts";
import { weekdayProfile } from "./weekday-profile.ts";

/** Today's quota of an account: limit, used, remaining, reset at midnight UTC, and what is expected of the rest of the day. */
export const getQuota = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) => readQuota(ctx, accountOf(ctx, input.accountId)),
});

/** The same for whoever has checked whose account it is. `known`: what has been asked for already. */
export async function readQuota(ctx: Ctx, accountId: string, known: { limits?: LimitsInForce; hour?: LastHour } = {}) {
  const nowMs = ctx.now.getTime();
  const [{ plan, quotaPerDay, isStopped }, used, { spent: spentLastHour }, profile] = await Promise.all([
    known.limits ?? limitsInForce(ctx, accountId),
    spentToday(ctx, accountId),
    known.hour ?? lastHour(ctx, accountId),
    weekdayProfile(ctx, accountId),
  ]);
  const state = quotaState(used, quotaPerDay, nowMs);
  return { plan, ...state, spentLastHour, forecast: forecast(state, spentLastHour, profile, nowMs, isStopped) };
}

/** Cost taken from today's quota, by the counts in the database; a second or two behind the gate. */
export async function spentToday(ctx: Ctx, accountId: string): Promise<number> {
  const [row] = await ctx.db
    .select({ spent: sql<number>`coalesce(sum(${usageDay.spent}), 0)::float8` })
    .from(usageDay)
    .where(and(eq(usageDay.accountId, accountId), eq(usageDay.at, new Date(dayStartMs(ctx.now.getTime())))));
  return row?.spent ?? 0;
}

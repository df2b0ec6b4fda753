import { and, eq, gt, gte, sql } from "drizzle-orm";
import { z } from "zod";
import { usageDay, usageSecond } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { dayStartMs } from "../rules/limits/quota.ts";
import { type LimitsInForce, limitsInForce } from "./limits-in-force.ts";
import { secondsOf } from "./seconds-of.ts";

/** Per endpoint: allowed and refused in the last 60 seconds beside its limit, and refused today. Endpoints never called have zeros. */
export const getRatePressure = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) => readPressure(ctx, accountOf(ctx, input.accountId)),
});

/** The same for whoever has checked whose account it is; `known`: its limits, when they have been asked for already. */
export async function readPressure(ctx: Ctx, accountId: string, known?: LimitsInForce) {
  const nowMs = ctx.now.getTime();
  const lastMinute = secondsOf(accountId, new Date(nowMs - 60_000));
  const recentAsked = ctx.db
    .select({
      endpointId: usageSecond.endpointId,
      allowed: sql<number>`sum(${usageSecond.allowed})::float8`,
      refused: sql<number>`sum(${usageSecond.refused})::float8`,
    })
    .from(lastMinute)
    .where(gt(usageSecond.at, new Date(nowMs - 60_000)))
    .groupBy(usageSecond.endpointId);
  const todayAsked = ctx.db
    .select({
      endpointId: usageDay.endpointId,
      requests: sql<number>`sum(${usageDay.requests})::float8`,
      refused: sql<number>`coalesce(sum(${usageDay.requests}) filter (where ${usageDay.outcome} = 'rate_limited'), 0)::float8`,
    })
    .from(usageDay)
    .where(and(eq(usageDay.accountId, accountId), gte(usageDay.at, new Date(dayStartMs(nowMs)))))
    .groupBy(usageDay.endpointId);
  const [{ endpoints }, recent, today] = await Promise.all([
    known ?? limitsInForce(ctx, accountId),
    recentAsked,
    todayAsked,
  ]);
  return endpoints.map((row) => {
    const now = recent.find((one) => one.endpointId === row.id);
    const day = today.find((one) => one.endpointId === row.id);
    return {
      ...row,
      allowedNow: now?.allowed ?? 0,
      refusedNow: now?.refused ?? 0,
      requestsToday: day?.requests ?? 0,
      rateLimitedToday: day?.refused ?? 0,
    };
  });
}

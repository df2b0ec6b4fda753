import { eq } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { query } from "../define.ts";
import { standingOf } from "../enforcement/standing-of.ts";
import { accountOf } from "../scope.ts";
import { getQuota } from "./get-quota.ts";
import { getRatePressure } from "./get-rate-pressure.ts";
import { getUsageSeries } from "./get-usage-series.ts";
import { lastHour } from "./last-hour.ts";

/**
 * One look at an account as it is now: what the live view is sent every second. `version` grows with every change of what
 * is in force (actions, plan, overrides), so that a page knows when to be read anew.
 */
export const getLive = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const named = { accountId };
    const [quota, pressure, series, [row], standing, hour] = await Promise.all([
      getQuota(ctx, named),
      getRatePressure(ctx, named),
      getUsageSeries(ctx, { ...named, range: "live" }),
      ctx.db.select({ version: account.standingVersion }).from(account).where(eq(account.id, accountId)),
      standingOf(ctx, accountId),
      lastHour(ctx, accountId),
    ]);
    return {
      atMs: ctx.now.getTime(),
      standing,
      version: row?.version ?? 0,
      quota,
      lastHour: hour,
      pressure: pressure.map(({ id, allowedNow, refusedNow, limit, requestsToday, rateLimitedToday }) => ({
        id,
        allowedNow,
        refusedNow,
        limit,
        requestsToday,
        rateLimitedToday,
      })),
      series: { stepSeconds: series.stepSeconds, points: series.points },
    };
  },
});

export type Live = Awaited<ReturnType<typeof getLive>>;

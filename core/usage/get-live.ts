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
    const quota = await getQuota(ctx, named);
    const pressure = await getRatePressure(ctx, named);
    const series = await getUsageSeries(ctx, { ...named, range: "live" });
    const [row] = await ctx.db
      .select({ version: account.standingVersion })
      .from(account)
      .where(eq(account.id, accountId));
    return {
      atMs: ctx.now.getTime(),
      standing: await standingOf(ctx, accountId),
      version: row?.version ?? 0,
      quota,
      lastHour: await lastHour(ctx, accountId),
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

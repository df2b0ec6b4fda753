import { z } from "zod";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { getUsageSeries } from "./get-usage-series.ts";
import { readNow } from "./read-now.ts";

/**
 * One look at an account as it is now: what the live view is sent every second. `version` grows with every change of what
 * is in force (actions, plan, overrides), so that a page knows when to be read anew.
 */
export const getLive = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const [{ quota, lastHour, pressure, standing, version }, series] = await Promise.all([
      readNow(ctx, accountId),
      getUsageSeries(ctx, { accountId, range: "live" }),
    ]);
    return {
      atMs: ctx.now.getTime(),
      standing,
      version,
      quota,
      lastHour,
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

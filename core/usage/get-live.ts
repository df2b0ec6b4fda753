import { z } from "zod";
import { query } from "../define.ts";
import { standingOf } from "../enforcement/standing-of.ts";
import { accountOf } from "../scope.ts";
import { getQuota } from "./get-quota.ts";
import { getRatePressure } from "./get-rate-pressure.ts";
import { getUsageSeries } from "./get-usage-series.ts";

/** One look at an account as it is now: what the live view is sent every second. */
export const getLive = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const named = { accountId };
    const quota = await getQuota(ctx, named);
    const pressure = await getRatePressure(ctx, named);
    const series = await getUsageSeries(ctx, { ...named, range: "live" });
    const standing = await standingOf(ctx, accountId);
    return {
      atMs: ctx.now.getTime(),
      standing,
      quota,
      pressure: pressure.map(({ id, allowedNow, refusedNow, limit }) => ({ id, allowedNow, refusedNow, limit })),
      series: { stepSeconds: series.stepSeconds, points: series.points },
    };
  },
});

export type Live = Awaited<ReturnType<typeof getLive>>;

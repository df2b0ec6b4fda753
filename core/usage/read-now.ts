import type { Ctx } from "../frame/context.ts";
import { readQuota } from "./get-quota.ts";
import { readPressure } from "./get-rate-pressure.ts";
import { lastHour } from "./last-hour.ts";
import { limitsInForce } from "./limits-in-force.ts";

/**
 * Quota, rate pressure, last hour and standing of an account at one moment. Its limits and its last hour stand in several of
 * them and are read once. The caller has checked whose account it is.
 */
export async function readNow(ctx: Ctx, accountId: string) {
  const [limits, hour] = await Promise.all([limitsInForce(ctx, accountId), lastHour(ctx, accountId)]);
  const [quota, pressure] = await Promise.all([
    readQuota(ctx, accountId, { limits, hour }),
    readPressure(ctx, accountId, limits),
  ]);
  const { allowed, refused } = hour;
  const { standing, standingVersion: version } = limits;
  return { limits, quota, pressure, lastHour: { allowed, refused }, standing, version };
}

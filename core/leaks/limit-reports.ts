import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { rateAdmits, rateSpend, retryAfterSeconds } from "../rules/limits/rate-limit.ts";
import { RateRings } from "../rules/limits/rate-rings.ts";
import { subscriberNetwork } from "../rules/networks.ts";

const reportsPerMinute = 20;
const rings = new RateRings(60);

/** Public forms take so many reports a minute from one network, in each web process. Throws `throttled` beyond. */
export function limitReports(ctx: Ctx): void {
  const key = (ctx.ip === null ? null : subscriberNetwork(ctx.ip)) ?? "unknown";
  const nowMs = ctx.now.getTime();
  const ring = rings.of(key, nowMs);
  if (!rateAdmits(ring, reportsPerMinute, 1, nowMs)) {
    const retryAfter = retryAfterSeconds(ring, reportsPerMinute, 1, nowMs);
    throw new AppError("throttled", words.errors.tooManyReports(retryAfter), {
      retryAfterSeconds: retryAfter,
    });
  }
  rateSpend(ring, reportsPerMinute, 1, nowMs);
}

import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { newRateRing, type RateRing, rateAdmits, rateSpend, retryAfterSeconds } from "../rules/rate-limit.ts";

const reportsPerMinute = 20;
const mostAddresses = 10_000;
const rings = new Map<string, RateRing>();

/** Public forms take so many reports a minute from one address, in each web process. Throws `throttled` beyond. */
export function limitReports(ctx: Ctx): void {
  const key = ctx.ip ?? "unknown";
  const nowMs = ctx.now.getTime();
  const ring = rings.get(key) ?? newRateRing(60);
  if (!rateAdmits(ring, reportsPerMinute, 1, nowMs)) {
    const retryAfter = retryAfterSeconds(ring, reportsPerMinute, 1, nowMs);
    throw new AppError("throttled", `Too many reports from your address. Try again in ${retryAfter} s.`, {
      retryAfterSeconds: retryAfter,
    });
  }
  rateSpend(ring, 1, nowMs);
  if (rings.size >= mostAddresses) rings.clear();
  rings.set(key, ring);
}

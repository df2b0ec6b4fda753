import * as words from "#words/words.ts";
import { rateAdmits, rateRemaining, rateSpend, resetSeconds, retryAfterSeconds } from "../rules/limits/rate-limit.ts";
import { RateRings } from "../rules/limits/rate-rings.ts";
import { ApiError } from "./problem.ts";

/** Calls of the REST API per account (or staff key) and minute, in each web process. Apart from the limits of the provider's API. */
export const callsPerMinute = 600;
const windowSeconds = 60;
const rings = new RateRings(windowSeconds);

/**
 * Spends one call of the API's own limit, by the same rule as the gate's limits. Returns the headers that say where the caller
 * stands; throws `throttled` with them when there is none left. `cost` 0 only looks.
 */
export function spendOwnLimit(key: string, cost: 0 | 1, nowMs: number): Record<string, string> {
  const ring = rings.of(key, nowMs);
  const fits = rateAdmits(ring, callsPerMinute, cost, nowMs);
  if (fits) rateSpend(ring, callsPerMinute, cost, nowMs);
  const remaining = rateRemaining(ring, callsPerMinute, nowMs);
  const reset = resetSeconds(ring, nowMs);
  const headers = {
    "ratelimit-policy": `"api";q=${callsPerMinute};w=${windowSeconds}`,
    ratelimit: `"api";r=${remaining}${reset > 0 ? `;t=${reset}` : ""}`,
    "x-ratelimit-limit": String(callsPerMinute),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(Math.ceil(nowMs / 1000) + reset),
  };
  if (fits) return headers;
  const retryAfter = retryAfterSeconds(ring, callsPerMinute, cost, nowMs);
  throw new ApiError("throttled", words.errors.tooManyCalls(callsPerMinute, retryAfter), {
    ...headers,
    "retry-after": String(retryAfter),
  });
}

/** For tests, which share one process. */
export function forgetOwnLimits(): void {
  rings.clear();
}

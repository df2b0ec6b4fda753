import type { OverrideKind } from "../vocabulary.ts";

/** A dated exception for one account. Times are epoch milliseconds. */
export type OverrideInForce = {
  kind: OverrideKind;
  /** Null for a quota. */
  endpointId: number | null;
  /** Requests per UTC day (quota) or per the endpoint's window (rate limit). */
  value: number;
  startsAtMs: number;
  /** Null = no end. */
  endsAtMs: number | null;
};

/**
 * The account's quota now, in requests per UTC day; null = unlimited: the plan's, unless a dated override is in force.
 * A throttle slows an account down and does not shorten its day, so no factor enters here.
 */
export function effectiveQuota(
  planQuotaPerDay: number | null,
  overrides: readonly OverrideInForce[],
  nowMs: number,
): number | null {
  return overrideAt(overrides, "quota", null, nowMs) ?? planQuotaPerDay;
}

/** What decides a rate limit, on one endpoint. */
export type RateLimitParts = {
  endpointId: number;
  endpointDefault: number | null;
  /** The plan's own limit on this endpoint; undefined = the plan says nothing. */
  planLimit: number | undefined;
  overrides: readonly OverrideInForce[];
};

/**
 * The account's rate limit on one endpoint now, in requests per the endpoint's window; null = none:
 * the endpoint's default, replaced by the plan's own, replaced by a dated override, times the throttle factor.
 */
export function effectiveRateLimit(input: RateLimitParts & { throttleFactor: number }, nowMs: number): number | null {
  const limit =
    overrideAt(input.overrides, "rate_limit", input.endpointId, nowMs) ?? input.planLimit ?? input.endpointDefault;
  return throttled(limit, input.throttleFactor);
}

/** Which of them the rate limit is taken from now; null = there is none. */
export function rateLimitSource(input: RateLimitParts, nowMs: number): "exception" | "plan" | "endpoint" | null {
  if (overrideAt(input.overrides, "rate_limit", input.endpointId, nowMs) !== null) return "exception";
  if (input.planLimit !== undefined) return "plan";
  return input.endpointDefault === null ? null : "endpoint";
}

/** A limit under a throttle: rounded down, never below 1 request; no limit stays no limit, and a limit of 0 stays 0. */
export function throttled(limit: number | null, factor: number): number | null {
  if (limit === null || factor >= 1 || limit < 1) return limit;
  return Math.max(1, Math.floor(limit * factor));
}

/** Of several overrides in force at once the one that started last holds; of those the larger value. */
function overrideAt(
  overrides: readonly OverrideInForce[],
  kind: OverrideKind,
  endpointId: number | null,
  nowMs: number,
): number | null {
  let best: OverrideInForce | null = null;
  for (const one of overrides) {
    if (one.kind !== kind || one.endpointId !== endpointId) continue;
    if (one.startsAtMs > nowMs || (one.endsAtMs !== null && one.endsAtMs <= nowMs)) continue;
    const isNewer = best === null || one.startsAtMs > best.startsAtMs;
    if (isNewer || (one.startsAtMs === best?.startsAtMs && one.value > best.value)) best = one;
  }
  return best === null ? null : best.value;
}

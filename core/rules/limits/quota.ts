import { dayMs } from "../time.ts";

/** The quota: requests per UTC day over the whole API. Not to be confused with a rate limit. */

/** Start of the UTC day that holds `nowMs`, epoch milliseconds. */
export function dayStartMs(nowMs: number): number {
  return Math.floor(nowMs / dayMs) * dayMs;
}

export type QuotaState = {
  /** Requests per UTC day; null = unlimited. */
  limit: number | null;
  used: number;
  /** Never below 0; null = unlimited. */
  remaining: number | null;
  /** Next midnight UTC, epoch milliseconds. */
  resetAtMs: number;
};

/** What an owner or a client is told about the quota. */
export function quotaState(used: number, limit: number | null, nowMs: number): QuotaState {
  return {
    limit,
    used,
    remaining: limit === null ? null : Math.max(0, limit - used),
    resetAtMs: dayStartMs(nowMs) + dayMs,
  };
}

/** Whole seconds to the next midnight UTC, rounded up; 1 to 86400. */
export function quotaResetSeconds(nowMs: number): number {
  return Math.ceil((dayStartMs(nowMs) + dayMs - nowMs) / 1000);
}

import type { QuotaState } from "./quota.ts";

/**
 * When today's quota runs out at the pace of the last hour, epoch milliseconds; null when it lasts to its reset, is
 * unlimited, or is used up already. A straight line: it says what happens if nothing changes, not what will happen.
 */
export function runOut(state: QuotaState, spentLastHour: number, nowMs: number): number | null {
  if (state.remaining === null || state.remaining <= 0 || spentLastHour <= 0) return null;
  const at = nowMs + (state.remaining / spentLastHour) * 3_600_000;
  return at < state.resetAtMs ? Math.round(at) : null;
}

import type { QuotaState } from "../limits/quota.ts";
import { dayMs, hourMs, minuteMs } from "../time.ts";

/** Spent per hour of a UTC day on the same weekday, hour 0 first, the mean of the weeks before; null = there is no such day. */
export type WeekdayProfile = { hours: readonly number[]; weeks: number } | null;

/** The last hour is held to be at most so many times more or less than usual; beyond that the weekday says nothing about it. */
const mostUnusual = 4;

/** Two estimates that lie so close together are one. */
const sameMs = 30 * minuteMs;

export type Forecast =
  /** `stopped`: the whole account is suspended or terminated, so nothing is spent. */
  | { kind: "unlimited" | "stopped" | "used_up" | "no_use" }
  /** By every estimate it lasts to the reset; `high` is the largest use they expect by then. */
  | { kind: "lasts"; expected: Expected; basis: Basis }
  /** `untilMs` null = by one of the estimates it lasts. Equal bounds = the estimates agree. */
  | { kind: "runs_out"; fromMs: number; untilMs: number | null; expected: Expected; basis: Basis };

/** Use by the reset, by the lower and the higher estimate. */
type Expected = { low: number; high: number };
export type Basis = "last_hour" | "last_hour_and_weekday";

/**
 * What becomes of today's quota, by two estimates that are both shown: a straight line over the last hour, and the course of the
 * same weekday, scaled to the last hour. Where they differ, the difference is the uncertainty; none of them knows the future.
 */
export function forecast(
  state: QuotaState,
  spentLastHour: number,
  profile: WeekdayProfile,
  nowMs: number,
  isStopped = false,
): Forecast {
  if (state.limit === null || state.remaining === null) return { kind: "unlimited" };
  if (isStopped) return { kind: "stopped" };
  if (state.remaining <= 0) return { kind: "used_up" };
  const paces: ((fromMs: number, untilMs: number) => number)[] = [];
  if (spentLastHour > 0) paces.push((fromMs, untilMs) => (spentLastHour * (untilMs - fromMs)) / hourMs);
  const shaped = profile && shapedPace(profile.hours, spentLastHour, nowMs);
  if (shaped) paces.push(shaped);
  if (paces.length === 0) return { kind: "no_use" };
  const basis: Basis = shaped ? "last_hour_and_weekday" : "last_hour";
  const sums = paces.map((pace) => Math.round(state.used + pace(nowMs, state.resetAtMs)));
  const expected = { low: Math.min(...sums), high: Math.max(...sums) };
  const ends = paces.map((pace) => endOf(pace, state.remaining ?? 0, nowMs, state.resetAtMs));
  const known = ends.filter((end) => end !== null);
  if (known.length === 0) return { kind: "lasts", expected, basis };
  const fromMs = Math.min(...known);
  const latestMs = known.length < ends.length ? null : Math.max(...known);
  const untilMs = latestMs !== null && latestMs - fromMs < sameMs ? fromMs : latestMs;
  return { kind: "runs_out", fromMs, untilMs, expected, basis };
}

/** The weekday's course from now on, scaled to the last hour; null when that day had no use around now or later. */
function shapedPace(hours: readonly number[], spentLastHour: number, nowMs: number) {
  const usual = sumOf(hours, nowMs - hourMs, nowMs);
  const isComparable = usual > 0 && spentLastHour > 0;
  const scale = isComparable ? Math.min(mostUnusual, Math.max(1 / mostUnusual, spentLastHour / usual)) : 1;
  if (hours.every((hour) => hour === 0)) return null;
  return (fromMs: number, untilMs: number) => scale * sumOf(hours, fromMs, untilMs);
}

/** What a day like this spends between two instants; each hour evenly. */
function sumOf(hours: readonly number[], fromMs: number, untilMs: number): number {
  let sum = 0;
  for (let at = fromMs; at < untilMs; ) {
    const next = Math.min(untilMs, at - (at % hourMs) + hourMs);
    const hour = Math.floor((((at % dayMs) + dayMs) % dayMs) / hourMs);
    sum += ((hours[hour] ?? 0) * (next - at)) / hourMs;
    at = next;
  }
  return sum;
}

/** When `remaining` is spent, to the minute; null = not before the reset. */
function endOf(
  pace: (fromMs: number, untilMs: number) => number,
  remaining: number,
  nowMs: number,
  resetAtMs: number,
): number | null {
  if (pace(nowMs, resetAtMs) < remaining) return null;
  let low = nowMs;
  let high = resetAtMs;
  // What is spent only grows, so the moment is found by halving.
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (pace(nowMs, middle) < remaining) low = middle;
    else high = middle;
  }
  return Math.round(high / 1_000) * 1_000;
}

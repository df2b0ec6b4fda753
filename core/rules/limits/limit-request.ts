import { dayMs, hourMs, minuteMs } from "../time.ts";
import { findLimit, limitKinds } from "./catalogue.ts";

/** What an owner asks for at most: a number that could be meant. */
export const mostRequested = 1_000_000_000;

/** Requests of one account in 24 hours, answered or not. */
export const mostRequestsPerDay = 10;

/** How far ahead a window may begin, and how long it may last; what lasts longer is a larger limit. */
export const longestAheadMs = 60 * dayMs;
export const longestWindowMs = 31 * dayMs;

/** An exception without a wished end is given for so long, in days, unless staff say otherwise. */
export const exceptionDays = [30, 90, 180, 365] as const;
export const standardExceptionDays = 90;

export const longestNoticeMs = 7 * dayMs;

/** The owner is told a week before an exception ends, or a quarter of its time before if that is shorter; a quarter of an hour at least. */
export function tellEndFromMs(startsAtMs: number, endsAtMs: number): number {
  const leadMs = Math.min(longestNoticeMs, (endsAtMs - startsAtMs) / 4);
  return endsAtMs - Math.max(leadMs, 15 * minuteMs);
}

/** What a load may last to be expected: the detectors of volume look away for no longer. */
export const longestLoadMs = 72 * hourMs;

/** Whether a granted window is also an announced load: one answer for both, as long as a load may last. */
export function isAlsoLoad(startsAtMs: number, endsAtMs: number | null): endsAtMs is number {
  return endsAtMs !== null && endsAtMs - startsAtMs <= longestLoadMs;
}

/** Whether a refusal came from a limit that the provider can raise, and not from a cap that the account has set itself. */
export function isProvidersLimit({ code, limiter }: { code: string; limiter: { name: string } | null }): boolean {
  if (!Object.values(limitKinds).some((kind) => kind.code === code)) return false;
  return limiter === null || findLimit(limiter.name)?.countedBy === "account";
}

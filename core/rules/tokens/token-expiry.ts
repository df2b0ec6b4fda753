import { dayMs } from "../time.ts";

/**
 * The last moment a token may live to under the provider's maximum: the end of its last day in UTC, so that "90 days" may be
 * chosen as a date. Null = no maximum.
 */
export function latestExpiry(nowMs: number, maxDays: number | null): Date | null {
  if (maxDays === null) return null;
  const end = nowMs + maxDays * dayMs;
  return new Date(end - (end % dayMs) + dayMs - 1);
}

/** `too_late` also where there is none and one is asked for. */
export type ExpiryFault = { code: "past" } | { code: "too_late"; maxDays: number; latest: Date };

/** What is wrong with an expiry; null = it is fine. `expiresAt` null = never. */
export function expiryFault(expiresAt: Date | null, now: Date, maxDays: number | null): ExpiryFault | null {
  if (expiresAt !== null && expiresAt <= now) return { code: "past" };
  const latest = latestExpiry(now.getTime(), maxDays);
  if (latest === null || maxDays === null || (expiresAt !== null && expiresAt <= latest)) return null;
  return { code: "too_late", maxDays, latest };
}

/** Before these many days an expiry is announced, the longest first. */
export const reminderDays = [7, 1] as const;

/**
 * The reminder that is due: the shortest span that the expiry lies within and that has not been sent. One only, so that a
 * token made with a day to live is not announced twice at once. Null = none.
 */
export function reminderDue(expiresAt: Date, now: Date, sentDays: readonly number[]): number | null {
  const leftMs = expiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return null;
  const due = reminderDays.filter((days) => leftMs <= days * dayMs).at(-1);
  return due === undefined || sentDays.some((days) => days <= due) ? null : due;
}

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

/** What is wrong with an expiry, in words for the form; null = it is fine. `expiresAt` null = never. */
export function expiryFault(expiresAt: Date | null, now: Date, maxDays: number | null): string | null {
  if (expiresAt !== null && expiresAt <= now) return "Choose a time in the future.";
  const latest = latestExpiry(now.getTime(), maxDays);
  if (latest === null || (expiresAt !== null && expiresAt <= latest)) return null;
  return `A token of this provider lives at most ${maxDays} days. Choose an end by ${latest.toISOString().slice(0, 10)}.`;
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

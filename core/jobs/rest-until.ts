/** How often a resting job looks for work without a notification: the safety net for one that was lost. */
export const longestRestMs = 15_000;

/** How long a job may rest whose next work has a time; null = it is there already. */
export function restUntil(next: Date | null, now: Date): number | null {
  const untilMs = next === null ? longestRestMs : next.getTime() - now.getTime();
  return untilMs <= 0 ? null : Math.min(longestRestMs, untilMs);
}

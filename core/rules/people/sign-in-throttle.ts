type Failures = { failures: number; lastAt: Date | null };

/** Free attempts before waiting begins: few per e-mail, more per address (offices share one). */
const freeAttempts = { email: 5, address: 30 };
const longestWaitSeconds = 15 * 60;

/**
 * Seconds until the next attempt is allowed, 0 = now. After the free attempts each failure doubles the wait, from 5 s up to
 * 15 min. Counted over the last 15 minutes, so an owner locked out by somebody else waits that long at most.
 */
export function throttleSeconds(kind: keyof typeof freeAttempts, { failures, lastAt }: Failures, now: Date): number {
  const over = failures - freeAttempts[kind];
  if (over < 0 || lastAt === null) return 0;
  const wait = Math.min(longestWaitSeconds, 5 * 2 ** over);
  return Math.max(0, Math.ceil(wait - (now.getTime() - lastAt.getTime()) / 1000));
}

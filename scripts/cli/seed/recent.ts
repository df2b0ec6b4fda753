const hourMs = 3_600_000;

/** When the last 24 hours begin, which have minutes: on a whole hour. */
export function recentFrom(now: Date): Date {
  return new Date(Math.floor(now.getTime() / hourMs) * hourMs - 23 * hourMs);
}

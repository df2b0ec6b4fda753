const minute = 60;
const hour = 60 * minute;

/**
 * Seconds before each try of a delivery after the first: the example schedule of Standard Webhooks, 75 hours in all. After the last
 * the endpoint is switched off.
 */
export const retryDelaysSeconds = [
  5,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/**
 * Seconds to wait after `attempts` failed tries; null = give up. Up to a tenth is added by `jitter` (0 to 1), so that many
 * deliveries do not come back at once. A receiver may ask for more time (`Retry-After`), but not for more than a day.
 */
export function retryDelaySeconds(attempts: number, jitter: number, retryAfterSeconds: number | null): number | null {
  const delay = retryDelaysSeconds[attempts - 1];
  if (delay === undefined) return null;
  const asked = Math.min(retryAfterSeconds ?? 0, 24 * hour);
  return Math.max(Math.round(delay * (1 + jitter / 10)), asked);
}

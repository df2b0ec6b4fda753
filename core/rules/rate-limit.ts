/**
 * The rate limit: a sliding window of 60 sub-buckets with the oldest counted whole, so 61 slots. Cost-weighted.
 *
 * At time t in bucket b the buckets b−60 … b count in full. They cover at least the whole window that ends at t, so there
 * are never more than N in any window, and at most one bucket beyond it, so it is at most 1/60 window too strict.
 */

export const bucketsPerWindow = 60;
export const slotsPerRing = bucketsPerWindow + 1;

/** Counts of one limiter. Many rings share one array of slots; `base` is where this one's 61 begin. */
export type RateRing = {
  windowMs: number;
  slots: Uint32Array;
  base: number;
  /** Number of the newest bucket seen: bucket b starts at b × windowMs / 60. */
  head: number;
  /** No bucket before this one holds anything; never more than 60 behind `head`. */
  tail: number;
  /** Sum over all slots. */
  sum: number;
};

/** An empty ring. Without `slots` it gets an array of its own. */
export function newRateRing(
  windowSeconds: number,
  slots: Uint32Array = new Uint32Array(slotsPerRing),
  base = 0,
): RateRing {
  return { windowMs: windowSeconds * 1000, slots, base, head: 0, tail: 0, sum: 0 };
}

/** What counts against the limit at `nowMs`. Moves the ring forward; a clock that went back is read as standing still. */
export function rateUsed(ring: RateRing, nowMs: number): number {
  const bucket = bucketAt(ring, nowMs);
  if (bucket <= ring.head) return ring.sum;
  const oldest = bucket - bucketsPerWindow;
  for (; ring.sum > 0 && ring.tail < oldest; ring.tail++) {
    const at = slotOf(ring, ring.tail);
    ring.sum -= ring.slots[at] ?? 0;
    ring.slots[at] = 0;
  }
  if (ring.sum === 0) ring.tail = bucket;
  ring.head = bucket;
  return ring.sum;
}

/** Whether `cost` fits under `limit` now. Cost 0 always does. */
export function rateAdmits(ring: RateRing, limit: number, cost: number, nowMs: number): boolean {
  return cost === 0 || rateUsed(ring, nowMs) + cost <= limit;
}

/** Counts `cost`; the caller has checked that it fits. */
export function rateSpend(ring: RateRing, cost: number, nowMs: number): void {
  rateUsed(ring, nowMs);
  const at = slotOf(ring, ring.head);
  ring.slots[at] = (ring.slots[at] ?? 0) + cost;
  ring.sum += cost;
}

/** Takes back what was counted at `atMs`, if it still counts. */
export function rateRefund(ring: RateRing, cost: number, atMs: number): void {
  const bucket = Math.min(bucketAt(ring, atMs), ring.head);
  if (bucket < ring.tail) return;
  const at = slotOf(ring, bucket);
  const back = Math.min(cost, ring.slots[at] ?? 0);
  ring.slots[at] = (ring.slots[at] ?? 0) - back;
  ring.sum -= back;
}

/** What is left under `limit` now, never below 0. */
export function rateRemaining(ring: RateRing, limit: number, nowMs: number): number {
  return Math.max(0, limit - rateUsed(ring, nowMs));
}

/**
 * Whole seconds, rounded up, until `cost` would fit if nothing else were counted meanwhile; 0 = it fits now.
 * A cost above the limit never fits: then the whole window, which is when the most there can be is there.
 */
export function retryAfterSeconds(ring: RateRing, limit: number, cost: number, nowMs: number): number {
  let over = rateUsed(ring, nowMs) + cost - limit;
  if (cost === 0 || over <= 0) return 0;
  if (cost > limit) return Math.ceil(ring.windowMs / 1000);
  for (let b = ring.tail; b <= ring.head; b++) {
    over -= ring.slots[slotOf(ring, b)] ?? 0;
    if (over <= 0) return secondsUntilGone(ring, b, nowMs);
  }
  return secondsUntilGone(ring, ring.head, nowMs);
}

/** Whole seconds, rounded up, until more becomes available; 0 = nothing is used. */
export function resetSeconds(ring: RateRing, nowMs: number): number {
  if (rateUsed(ring, nowMs) === 0) return 0;
  while (ring.tail < ring.head && ring.slots[slotOf(ring, ring.tail)] === 0) ring.tail++;
  return secondsUntilGone(ring, ring.tail, nowMs);
}

/** True when nothing counted in it can matter any more. */
export function isRateRingIdle(ring: RateRing, nowMs: number): boolean {
  return ring.sum === 0 || bucketAt(ring, nowMs) - ring.head >= slotsPerRing;
}

/** Multiplied before divided: exact for whole milliseconds, whatever the window. */
function bucketAt(ring: RateRing, nowMs: number): number {
  return Math.floor((nowMs * bucketsPerWindow) / ring.windowMs);
}

function slotOf(ring: RateRing, bucket: number): number {
  return ring.base + (bucket % slotsPerRing);
}

/** Bucket b stops counting when bucket b+61 begins. */
function secondsUntilGone(ring: RateRing, bucket: number, nowMs: number): number {
  const goneAtMs = Math.ceil(((bucket + slotsPerRing) * ring.windowMs) / bucketsPerWindow);
  return Math.max(1, Math.ceil((goneAtMs - nowMs) / 1000));
}

import { isPaced, keepPace, newPace, type Pace, paceDueMs } from "./pace.ts";

/**
 * The rate limit: a sliding window of 60 sub-buckets with the oldest counted whole, so 61 slots. Cost-weighted.
 *
 * At time t in bucket b the buckets b−60 … b count in full. They cover at least the whole window that ends at t, so there
 * are never more than N in any window, and at most one bucket beyond it, so it is at most 1/60 window too strict. Not so to two
 * who can be judged exactly: who has sent nothing for a whole window finds it empty, and who keeps the even pace of
 * the limit (pace.ts) always passes.
 */

export const bucketsPerWindow = 60;
export const slotsPerRing = bucketsPerWindow + 1;

/** Counts of one limiter. Many rings share one array of slots; `base` is where this one's 61 begin. Times are milliseconds. */
export type RateRing = {
  windowMs: number;
  slots: Uint32Array;
  base: number;
  /** Number of the newest bucket seen: bucket b starts at b × windowMs / 60. */
  head: number;
  /** Where the newest bucket is counted, 0 to 60, and when it ends. */
  headSlot: number;
  headEndsMs: number;
  /** How many buckets before the newest may hold something, 0 to 60. */
  span: number;
  /** Sum over all slots. */
  sum: number;
  /** When something was last counted. */
  lastMs: number;
  pace: Pace;
};

/** An empty ring. Without `slots` it gets an array of its own. */
export function newRateRing(
  windowSeconds: number,
  slots: Uint32Array = new Uint32Array(slotsPerRing),
  base = 0,
): RateRing {
  const empty = { head: 0, headSlot: 0, headEndsMs: 0, span: 0, sum: 0, lastMs: 0, pace: newPace() };
  return { windowMs: windowSeconds * 1000, slots, base, ...empty };
}

/** What is counted at `nowMs`. Moves the ring forward; a clock that went back is read as standing still. */
export function rateUsed(ring: RateRing, nowMs: number): number {
  if (ring.sum > 0 && nowMs >= ring.lastMs + ring.windowMs) empty(ring);
  if (nowMs < ring.headEndsMs) return ring.sum;
  const bucket = bucketAt(ring, nowMs);
  const step = bucket - ring.head;
  // Buckets that hold something and are older than 60 buckets by then.
  for (let left = ring.span + step - bucketsPerWindow; left > 0 && ring.sum > 0; left--) {
    const at = ring.base + slotBack(ring, ring.span);
    ring.sum -= ring.slots[at] ?? 0;
    ring.slots[at] = 0;
    ring.span--;
  }
  ring.span = ring.sum === 0 ? 0 : ring.span + step;
  ring.head = bucket;
  ring.headSlot = (ring.headSlot + (step % slotsPerRing)) % slotsPerRing;
  ring.headEndsMs = startOf(ring, bucket + 1);
  return ring.sum;
}

/** What counts against `limit` for a request that costs `cost`: it fits if both together are no more than the limit. At most the limit. */
export function rateUsedFor(ring: RateRing, limit: number, cost: number, nowMs: number): number {
  const used = Math.min(limit, rateUsed(ring, nowMs));
  return used + cost > limit && isPaced(ring, limit, cost, nowMs) ? limit - cost : used;
}

/** Whether `cost` fits under `limit` now. Cost 0 always does. */
export function rateAdmits(ring: RateRing, limit: number, cost: number, nowMs: number): boolean {
  return cost === 0 || rateUsedFor(ring, limit, cost, nowMs) + cost <= limit;
}

/** Counts `cost`; the caller has checked that it fits under `limit`. Null = not known, or there is none. */
export function rateSpend(ring: RateRing, limit: number | null, cost: number, nowMs: number): void {
  rateUsed(ring, nowMs);
  if (cost === 0) return;
  keepPace(ring, limit, cost, nowMs);
  ring.lastMs = Math.max(ring.lastMs, nowMs);
  const at = ring.base + ring.headSlot;
  ring.slots[at] = (ring.slots[at] ?? 0) + cost;
  ring.sum += cost;
}

/** Takes back what was counted at `atMs`, if it still counts. For the pace it stays: that is only stricter. */
export function rateRefund(ring: RateRing, cost: number, atMs: number): void {
  const ago = Math.max(0, ring.head - bucketAt(ring, atMs));
  if (ago > ring.span) return;
  const at = ring.base + slotBack(ring, ago);
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
  if (cost === 0 || rateUsedFor(ring, limit, cost, nowMs) + cost <= limit) return 0;
  if (cost > limit) return Math.ceil(ring.windowMs / 1000);
  let ago = ring.span;
  for (; ago > 0; ago--) {
    over -= ring.slots[ring.base + slotBack(ring, ago)] ?? 0;
    if (over <= 0) break;
  }
  return secondsUntil(Math.min(goneMs(ring, ago), paceDueMs(ring, limit, cost)), nowMs);
}

/** Whole seconds, rounded up, until more becomes available; 0 = nothing is used. */
export function resetSeconds(ring: RateRing, nowMs: number): number {
  if (rateUsed(ring, nowMs) === 0) return 0;
  while (ring.span > 0 && ring.slots[ring.base + slotBack(ring, ring.span)] === 0) ring.span--;
  return secondsUntil(goneMs(ring, ring.span), nowMs);
}

/** True when nothing counted in it can matter any more. */
export function isRateRingIdle(ring: RateRing, nowMs: number): boolean {
  return ring.sum === 0 || nowMs >= ring.lastMs + ring.windowMs;
}

/** Multiplied before divided: exact for whole milliseconds, whatever the window. */
function bucketAt(ring: RateRing, nowMs: number): number {
  return Math.floor((nowMs * bucketsPerWindow) / ring.windowMs);
}

/** First millisecond of a bucket. */
function startOf(ring: RateRing, bucket: number): number {
  return Math.ceil((bucket * ring.windowMs) / bucketsPerWindow);
}

/** The slot of the bucket that many before the newest, 0 to 60. */
function slotBack(ring: RateRing, ago: number): number {
  const slot = ring.headSlot - ago;
  return slot < 0 ? slot + slotsPerRing : slot;
}

/** A bucket stops counting when the one 61 after it begins, and all of them a window after the last request. */
function goneMs(ring: RateRing, ago: number): number {
  return Math.min(startOf(ring, ring.head - ago + slotsPerRing), ring.lastMs + ring.windowMs);
}

function secondsUntil(atMs: number, nowMs: number): number {
  return Math.max(1, Math.ceil((atMs - nowMs) / 1000));
}

function empty(ring: RateRing): void {
  for (let ago = 0; ago <= ring.span; ago++) ring.slots[ring.base + slotBack(ring, ago)] = 0;
  ring.sum = 0;
  ring.span = 0;
}

import { windowSecondsOf } from "../../rules/limits/catalogue.ts";
import {
  type RateRing,
  rateRefund,
  rateSpend,
  rateUsed,
  resetSeconds,
  retryAfterSeconds,
} from "../../rules/limits/rate-limit.ts";
import type { Moment } from "../state/clock.ts";
import { type KindOfLimit, type LimitCount, OwnedCount, type Owner } from "./kind.ts";
import { RingSlots } from "./ring-slots.ts";

/** A ring of sub-buckets (core/rules/limits/rate-limit). A class, so that all of them have one shape. */
class RateCount extends OwnedCount implements RateRing {
  head = 0;
  headSlot = 0;
  headEndsMs = 0;
  span = 0;
  sum = 0;
  readonly slots: Uint32Array;
  readonly base: number;
  readonly #room: RingSlots;

  constructor(room: RingSlots, owner: Owner, place: number, endpointId: number, windowMs: number) {
    super(owner, place, endpointId, windowMs);
    this.#room = room;
    const { slots, base } = room.take();
    this.slots = slots;
    this.base = base;
  }

  used(now: Moment): number {
    return rateUsed(this, now.steadyMs);
  }

  spend(cost: number, now: Moment): void {
    rateSpend(this, cost, now.steadyMs);
  }

  giveBack(cost: number, at: Moment): void {
    rateRefund(this, cost, at.steadyMs);
  }

  resetSeconds(now: Moment): number {
    return resetSeconds(this, now.steadyMs);
  }

  waitSeconds(limit: number, cost: number, now: Moment): number {
    return retryAfterSeconds(this, limit, cost, now.steadyMs);
  }

  free(): void {
    this.#room.giveBack(this.slots, this.base);
  }
}

const nothing: LimitCount = {
  used: () => 0,
  spend: () => undefined,
  giveBack: () => undefined,
  resetSeconds: () => 0,
  // A cost that does not fit under an empty window never fits; after a whole window the most there can be is there.
  waitSeconds: (_limit, _cost, _now, windowSeconds) => windowSeconds,
};

/**
 * A ring is a hash: `h` the newest bucket, `s` the sum, `o` the oldest bucket that holds something, and one field per bucket,
 * named by its number. The detail of a limit is its window in ms.
 */
const functions = `
local function startOf(w, b) return math.ceil(b * w / 60) end
-- Milliseconds until a bucket stops counting.
local function untilGone(w, b, now) return math.max(1, startOf(w, b + 61) - now) end

-- The first bucket from one on that holds something.
local function nextFrom(key, from, last)
  if from > last then return last end
  local names = {}
  for b = from, last do names[#names + 1] = b end
  local counts = redis.call('HMGET', key, unpack(names))
  for i = 1, #names do if counts[i] then return names[i] end end
  return last
end

-- Reads a ring and forgets what is older than 60 buckets. A clock that went back is read as standing still.
local function readRing(key, w, now)
  local f = redis.call('HMGET', key, 'h', 's', 'o')
  local b = math.floor(now * 60 / w)
  local ring = { key = key, w = w, b = b, s = tonumber(f[2]) or 0, o = tonumber(f[3]) or b }
  local head = tonumber(f[1]) or b
  if head > b then ring.b = head end
  if ring.s > 0 and ring.o < ring.b - 60 then
    local names = {}
    for one = ring.o, math.min(ring.b - 61, head) do names[#names + 1] = one end
    local counts = redis.call('HMGET', key, unpack(names))
    for i = 1, #names do ring.s = ring.s - (tonumber(counts[i]) or 0) end
    redis.call('HDEL', key, unpack(names))
    ring.o = ring.s > 0 and nextFrom(key, ring.b - 60, head) or ring.b
    redis.call('HSET', key, 'h', ring.b, 's', ring.s, 'o', ring.o)
  end
  return ring
end

local function spendRing(ring, cost)
  if ring.s == 0 then ring.o = ring.b end
  ring.s = ring.s + cost
  redis.call('HINCRBY', ring.key, ring.b, cost)
  redis.call('HSET', ring.key, 'h', ring.b, 's', ring.s, 'o', ring.o)
  redis.call('PEXPIRE', ring.key, math.ceil(ring.w * 61 / 60) + 1000)
  return ring.s
end

local function resetOf(ring, now)
  if ring.s == 0 then return 0 end
  return untilGone(ring.w, ring.o, now)
end

local function waitFor(ring, limit, cost, now)
  if cost > limit then return ring.w end
  local over = ring.s + cost - limit
  local names = {}
  for b = ring.o, ring.b do names[#names + 1] = b end
  local counts = redis.call('HMGET', ring.key, unpack(names))
  for i = 1, #names do
    over = over - (tonumber(counts[i]) or 0)
    if over <= 0 then return untilGone(ring.w, names[i], now) end
  end
  return untilGone(ring.w, ring.b, now)
end

local function giveBackToRing(key, w, back, at)
  local b = math.floor(at * 60 / w)
  local count = tonumber(redis.call('HGET', key, b)) or 0
  local taken = math.min(back, count)
  if taken == 0 then return end
  local s = redis.call('HINCRBY', key, 's', -taken)
  if taken < count then
    redis.call('HINCRBY', key, b, -taken)
    return
  end
  redis.call('HDEL', key, b)
  local f = redis.call('HMGET', key, 'h', 'o')
  if s > 0 and tonumber(f[2]) == b then redis.call('HSET', key, 'o', nextFrom(key, b, tonumber(f[1]))) end
end
`;

/** A rate: so many per sliding window. */
export const rate: KindOfLimit = {
  inMemory: () => {
    const room = new RingSlots();
    return { nothing, make: (...of) => new RateCount(room, ...of) };
  },
  inRedis: {
    keyOf: (limit, of) => limit.key(of),
    detailOf: (limit, of) => String(windowSecondsOf(limit, of) * 1000),
    functions,
    read: (all) =>
      all
        .map(
          (i) => `
local ring${i} = amount${i} >= 0 and readRing(KEYS[${i}], tonumber(detail${i}), now) or nil
local used${i} = ring${i} and ring${i}.s or 0`,
        )
        .join(""),
    wait: (i) => `waitFor(ring${i}, amount${i}, cost, now)`,
    spend: (i) => `if ring${i} then used${i} = spendRing(ring${i}, spend) end`,
    reset: (i) => `ring${i} and resetOf(ring${i}, now) or 0`,
    giveBack: (i) => `if amount${i} >= 0 then giveBackToRing(KEYS[${i}], tonumber(detail${i}), back, at) end`,
  },
};

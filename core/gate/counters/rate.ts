import { windowSecondsOf } from "../../rules/limits/catalogue.ts";
import { newPace } from "../../rules/limits/pace.ts";
import {
  type RateRing,
  rateRefund,
  rateSpend,
  rateUsed,
  rateUsedFor,
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
  lastMs = 0;
  readonly pace = newPace();
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

  usedFor(limit: number, cost: number, now: Moment): number {
    return rateUsedFor(this, limit, cost, now.steadyMs);
  }

  spend(cost: number, now: Moment, limit: number | null): void {
    rateSpend(this, limit, cost, now.steadyMs);
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
  usedFor: () => 0,
  spend: () => undefined,
  giveBack: () => undefined,
  resetSeconds: () => 0,
  // A cost that does not fit under an empty window never fits; after a whole window the most there can be is there.
  waitSeconds: (_limit, _cost, _now, windowSeconds) => windowSeconds,
};

/**
 * A ring is a hash: `h` the newest bucket, `s` the sum, `o` the oldest bucket that holds something, `m` when something was last counted,
 * `p` its pace (limit, cost, requests, from, steps), and one field per bucket, named by its number. The detail of a limit is its window in ms.
 * Rings of an earlier version have neither `m` nor `p`.
 */
const functions = `
local function startOf(w, b) return math.ceil(b * w / 60) end
-- Milliseconds until a bucket stops counting.
local function untilGone(ring, b, now)
  local gone = startOf(ring.w, b + 61)
  if ring.m then gone = math.min(gone, ring.m + ring.w) end
  return math.max(1, gone - now)
end

-- When the next request at the even pace is due, and the requests that kept it; nil where none did.
local function paceOf(ring, limit, cost)
  local l, c, n, from, steps = string.match(ring.p or '', '^(%d+) (%d+) (%d+) (%d+) (%d+)$')
  if not l or tonumber(l) ~= limit or tonumber(c) ~= cost or cost > limit then return nil end
  local due = tonumber(from) + math.floor(tonumber(steps) * ring.w / math.floor(limit / cost))
  return due, tonumber(n), tonumber(from), tonumber(steps)
end

local function paceDue(ring, limit, cost)
  if cost == 0 then return nil end
  local due, n = paceOf(ring, limit, cost)
  if due and n >= math.floor(limit / cost) then return due end
  return nil
end

-- What counts for a request of that cost, as rateUsedFor.
local function usedFor(ring, limit, cost, now)
  local used = math.min(limit, ring.s)
  if used + cost > limit then
    local due = paceDue(ring, limit, cost)
    if due and now >= due then return limit - cost end
  end
  return used
end

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
  local f = redis.call('HMGET', key, 'h', 's', 'o', 'm', 'p')
  local b = math.floor(now * 60 / w)
  local m = tonumber(f[4])
  if m and now >= m + w then
    redis.call('DEL', key)
    return { key = key, w = w, b = b, s = 0, o = b }
  end
  local ring = { key = key, w = w, b = b, s = tonumber(f[2]) or 0, o = tonumber(f[3]) or b, m = m, p = f[5] or nil }
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

local function spendRing(ring, limit, cost, now)
  local due, n, from, steps = paceOf(ring, limit, cost)
  if due and now >= due then n = n + 1 else n = 1 end
  if due == now then steps = steps + 1 else from, steps = now, 1 end
  ring.p = string.format('%d %d %d %d %d', limit, cost, n, from, steps)
  ring.m = math.max(ring.m or 0, now)
  if ring.s == 0 then ring.o = ring.b end
  ring.s = ring.s + cost
  redis.call('HINCRBY', ring.key, ring.b, cost)
  redis.call('HSET', ring.key, 'h', ring.b, 's', ring.s, 'o', ring.o, 'm', ring.m, 'p', ring.p)
  redis.call('PEXPIRE', ring.key, math.ceil(ring.w * 61 / 60) + 1000)
end

local function resetOf(ring, now)
  if ring.s == 0 then return 0 end
  return untilGone(ring, ring.o, now)
end

local function waitFor(ring, limit, cost, now)
  if cost > limit then return ring.w end
  local due = paceDue(ring, limit, cost)
  local most = due and math.max(1, due - now) or math.huge
  local over = ring.s + cost - limit
  local names = {}
  for b = ring.o, ring.b do names[#names + 1] = b end
  local counts = redis.call('HMGET', ring.key, unpack(names))
  for i = 1, #names do
    over = over - (tonumber(counts[i]) or 0)
    if over <= 0 then return math.min(most, untilGone(ring, names[i], now)) end
  end
  return math.min(most, untilGone(ring, ring.b, now))
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
local used${i} = ring${i} and usedFor(ring${i}, amount${i}, cost, now) or 0`,
        )
        .join(""),
    wait: (i) => `waitFor(ring${i}, amount${i}, cost, now)`,
    spend: (i) => `if ring${i} then
    spendRing(ring${i}, amount${i}, spend, now)
    used${i} = used${i} + spend
  end`,
    reset: (i) => `ring${i} and resetOf(ring${i}, now) or 0`,
    giveBack: (i) => `if amount${i} >= 0 then giveBackToRing(KEYS[${i}], tonumber(detail${i}), back, at) end`,
  },
};

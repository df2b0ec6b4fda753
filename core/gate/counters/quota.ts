import { quotaResetSeconds } from "../../rules/limits/quota.ts";
import { dayMs } from "../../rules/time.ts";
import type { Moment } from "../state/clock.ts";
import type { KindOfLimit, LimitCount, OwnedCount, Owner } from "./kind.ts";

/** What an account or token has spent on one UTC day, counted from 1970. */
export class DayCount implements Owner {
  counts: OwnedCount | null = null;
  #spent = 0;
  #day: number;
  /** Forgotten: whoever still holds it must look again. */
  isGone = false;

  constructor(now: Moment) {
    this.#day = dayOf(now);
  }

  /** A day that lies ahead of the clock is the same day: the clock was set back, and what is spent stays spent. */
  used(now: Moment): number {
    return this.isBefore(now) ? 0 : this.#spent;
  }

  usedFor(_limit: number, _cost: number, now: Moment): number {
    return this.used(now);
  }

  spend(cost: number, now: Moment): void {
    if (this.isBefore(now)) {
      this.#day = dayOf(now);
      this.#spent = 0;
    }
    this.#spent = Math.max(0, this.#spent + cost);
  }

  giveBack(cost: number, at: Moment): void {
    this.spend(-cost, at);
  }

  resetSeconds(now: Moment): number {
    return quotaResetSeconds(now.wallMs);
  }

  waitSeconds(_limit: number, _cost: number, now: Moment): number {
    return quotaResetSeconds(now.wallMs);
  }

  /** Whether its day is over. */
  isBefore(now: Moment): boolean {
    return this.#day < dayOf(now);
  }
}

export function dayOf(now: Moment): number {
  return Math.floor(now.wallMs / dayMs);
}

const nothing: LimitCount = {
  used: () => 0,
  usedFor: () => 0,
  spend: () => undefined,
  giveBack: () => undefined,
  resetSeconds: (now) => quotaResetSeconds(now.wallMs),
  waitSeconds: (_limit, _cost, now) => quotaResetSeconds(now.wallMs),
};

/**
 * The day of an account is one hash: `day` its number from 1970, and a field per count, which is the detail of a limit. A day
 * that is not known begins with `begin`: its number, then field and spending in turn.
 */
const functions = `
local today, isOver, isKept = 0, false, false

-- The day's number and the fields; nil when the day is not known.
local function readDay(now, key, ...)
  local found = redis.call('HMGET', key, 'day', ...)
  if not found[1] then
    if not begin[1] then return nil end
    redis.call('HSET', key, 'day', begin[1])
    for i = 2, #begin, 2 do redis.call('HSET', key, begin[i], begin[i + 1]) end
    redis.call('PEXPIRE', key, 172800000)
    found = redis.call('HMGET', key, 'day', ...)
  end
  today = math.floor(now / 86400000)
  -- A day that lies ahead of the clock is the same day: the clock was set back, and what is spent stays spent.
  isOver = tonumber(found[1]) < today
  return found
end

local function spendDay(key, field, cost)
  if not isKept then
    if isOver then
      redis.call('DEL', key)
      redis.call('HSET', key, 'day', today)
    end
    redis.call('PEXPIRE', key, 172800000)
    isKept = true
  end
  return redis.call('HINCRBY', key, field, cost)
end

local function untilMidnight(now) return 86400000 - now % 86400000 end

local function giveBackToDay(key, field, back, at)
  local found = redis.call('HMGET', key, 'day', field)
  if tonumber(found[1]) ~= math.floor(at / 86400000) then return end
  redis.call('HSET', key, field, math.max(0, (tonumber(found[2]) or 0) - back))
end
`;

/** A quota: so many per UTC day. Counted where no limit is set, too. */
export const quota: KindOfLimit = {
  inMemory: () => ({ nothing, make: null }),
  inRedis: {
    keyOf: () => "day",
    detailOf: (limit, of) => limit.key(of),
    functions,
    read: (all) => `
local day = readDay(now, KEYS[${all[0]}], ${all.map((i) => `detail${i}`).join(", ")})
if not day then return { -1 } end
local ${all.map((i) => `used${i}`).join(", ")} = ${all.map((_, at) => `isOver and 0 or tonumber(day[${at + 2}]) or 0`).join(", ")}`,
    wait: () => "untilMidnight(now)",
    spend: (i) => `used${i} = spendDay(KEYS[${i}], detail${i}, spend)`,
    reset: () => "untilMidnight(now)",
    giveBack: (i) => `giveBackToDay(KEYS[${i}], detail${i}, back, at)`,
  },
};

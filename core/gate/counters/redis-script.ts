/**
 * The decision as one script: the arithmetic of core/rules/rate-limit and quota over all limits of one request, atomic, in one
 * round trip, by the clock of the server. All keys of an account carry its id in braces, so that a cluster keeps them together.
 *
 * A ring is a hash: `h` the newest bucket, `s` the sum, `o` the oldest bucket that holds something, and one field per bucket,
 * named by its number. A day is a hash: `day`, `a` the account's spending, and one field per token.
 */

const ringFunctions = `
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
end

local function resetOf(ring, now)
  if ring.s == 0 then return 0 end
  return untilGone(ring.w, ring.o, now)
end

-- Milliseconds until the cost would fit if nothing else were counted meanwhile.
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

local function clock(given)
  if given >= 0 then return given end
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end
`;

/**
 * KEYS: day, ring of account and endpoint, ring of token. ARGV: now in ms (−1 = the server's), cost, spend, token id, endpoint
 * rate, its window in ms, token rate, token quota, account quota (−1 = no such limit), and to begin a day that is not known:
 * its number, the account's spending, then token id and spending in turn.
 * Returns {−1} when the day is not known and none is given, else {which limit refused (1 to 4, 0 = none), ms to wait, ms of the
 * clock, then the use of each limit after the decision, then the ms until more becomes available of the two rates}.
 */
export const takeScript = `${ringFunctions}
local now = clock(tonumber(ARGV[1]))
local cost, spend, token = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local rate1, w1, rate2 = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local quota1, quota2 = tonumber(ARGV[8]), tonumber(ARGV[9])
local today = math.floor(now / 86400000)

local known = redis.call('HMGET', KEYS[1], 'day', 'a', token)
if not known[1] then
  if not ARGV[10] then return { -1 } end
  redis.call('HSET', KEYS[1], 'day', ARGV[10], 'a', ARGV[11])
  for i = 12, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
  redis.call('PEXPIRE', KEYS[1], 172800000)
  known = redis.call('HMGET', KEYS[1], 'day', 'a', token)
end
-- A day that lies ahead of the clock is the same day: the clock was set back, and what is spent stays spent.
local isOver = tonumber(known[1]) < today
local used2 = isOver and 0 or tonumber(known[2]) or 0
local used1 = isOver and 0 or tonumber(known[3]) or 0

local ring1 = rate1 >= 0 and readRing(KEYS[2], w1, now) or nil
local ring2 = rate2 >= 0 and readRing(KEYS[3], 60000, now) or nil
local refused, wait = 0, 0
if cost > 0 then
  if ring1 and ring1.s + cost > rate1 then refused, wait = 1, waitFor(ring1, rate1, cost, now)
  elseif ring2 and ring2.s + cost > rate2 then refused, wait = 2, waitFor(ring2, rate2, cost, now)
  elseif quota1 >= 0 and used1 + cost > quota1 then refused = 3
  elseif quota2 >= 0 and used2 + cost > quota2 then refused = 4 end
end
if refused == 0 and spend > 0 then
  if isOver then
    redis.call('DEL', KEYS[1])
    redis.call('HSET', KEYS[1], 'day', today)
  end
  used2 = redis.call('HINCRBY', KEYS[1], 'a', spend)
  used1 = redis.call('HINCRBY', KEYS[1], token, spend)
  redis.call('PEXPIRE', KEYS[1], 172800000)
  if ring1 then spendRing(ring1, spend) end
  if ring2 then spendRing(ring2, spend) end
end
return { refused, wait, now, ring1 and ring1.s or 0, ring2 and ring2.s or 0, used1, used2,
  ring1 and resetOf(ring1, now) or 0, ring2 and resetOf(ring2, now) or 0 }
`;

/**
 * Takes back what was spent. KEYS as above; ARGV: ms of the clock when it was spent, what was spent, token id, window of the
 * endpoint's rate in ms (−1 = no such limit), 60000 for the token's rate (−1 = none).
 */
export const giveBackScript = `${ringFunctions}
local at, back, token = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local day = redis.call('HMGET', KEYS[1], 'day', 'a', token)
if tonumber(day[1]) == math.floor(at / 86400000) then
  redis.call('HSET', KEYS[1], 'a', math.max(0, (tonumber(day[2]) or 0) - back), token, math.max(0, (tonumber(day[3]) or 0) - back))
end
for i = 1, 2 do
  local key, w = KEYS[i + 1], tonumber(ARGV[3 + i])
  if w > 0 then
    local b = math.floor(at * 60 / w)
    local count = tonumber(redis.call('HGET', key, b)) or 0
    local taken = math.min(back, count)
    if taken > 0 then
      local s = redis.call('HINCRBY', key, 's', -taken)
      if taken < count then redis.call('HINCRBY', key, b, -taken)
      else
        redis.call('HDEL', key, b)
        local f = redis.call('HMGET', key, 'h', 'o')
        if s > 0 and tonumber(f[2]) == b then redis.call('HSET', key, 'o', nextFrom(key, b, tonumber(f[1]))) end
      end
    end
  end
end
return 1
`;

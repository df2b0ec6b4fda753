import { type LimitKind, limitKindNames, limits } from "../../rules/limits/catalogue.ts";
import type { RedisKind } from "./kind.ts";
import { kinds } from "./kinds.ts";

/**
 * The decision as one script: the arithmetic of core/rules/limits over all limits of one request, atomic, in one round trip, by
 * the clock of the server. All keys of an account carry its id in braces, so that a cluster keeps them together. The script is
 * put together once from what each kind of limit says of itself, with the limits of the catalogue one after the other.
 */

type Numbered = { i: number; kind: LimitKind; lua: RedisKind };
const numbered: readonly Numbered[] = limits.map(({ place, kind }) => ({
  i: place + 1,
  kind,
  lua: kinds[kind].inRedis,
}));
const each = (piece: (one: Numbered) => string, between = "\n") => numbered.map(piece).join(between);

/** KEYS: one per limit. ARGV: three of the script's own, then amount (−1 = no such limit) and detail of each limit. */
const firstDetail = 4;
const prelude = `
local begin = {}
for i = ${firstDetail + 2 * numbered.length}, #ARGV do begin[#begin + 1] = ARGV[i] end
${limitKindNames.map((kind) => kinds[kind].inRedis.functions).join("")}
${each(({ i }) => `local amount${i}, detail${i} = tonumber(ARGV[${firstDetail + 2 * i - 2}]), ARGV[${firstDetail + 2 * i - 1}]`)}
`;

const readAll = limitKindNames
  .map((name) => kinds[name].inRedis.read(numbered.flatMap(({ i, kind }) => (kind === name ? [i] : []))))
  .join("");

/**
 * ARGV: now in ms (−1 = the server's), cost, spend, the limits, and what begins a day that is not known. Returns {−1} when it
 * is not known and not given, else {which limit refused (from 1, 0 = none), ms to wait, ms of the clock, then the use of each
 * limit after the decision, then the ms until more becomes available of each}.
 */
export const takeScript = `${prelude}
local now, cost, spend = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
if now < 0 then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
${readAll}
local refused, wait = 0, 0
if cost > 0 then
  ${each(({ i, lua }) => `if amount${i} >= 0 and used${i} + cost > amount${i} then refused, wait = ${i}, ${lua.wait(i)}`, "\n  else")}
  end
end
if refused == 0 and spend > 0 then
  ${each(({ i, lua }) => lua.spend(i), "\n  ")}
end
return { refused, wait, now, ${each(({ i }) => `used${i}`, ", ")}, ${each(({ i, lua }) => lua.reset(i), ", ")} }
`;

/** Takes back what was spent. ARGV: ms of the clock when it was spent, what was spent, 0, the limits. */
export const giveBackScript = `${prelude}
local at, back = tonumber(ARGV[1]), tonumber(ARGV[2])
${each(({ i, lua }) => lua.giveBack(i))}
return 1
`;

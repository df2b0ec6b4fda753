import { limitNames } from "../../rules/limits/check-order.ts";
import { dayStartMs, quotaResetSeconds } from "../../rules/limits/quota.ts";
import type { Moment } from "../state/clock.ts";
import type { SpentToday } from "../state/rows.ts";
import type { Counters, LimitState, LimitsAsked, Taken } from "./counters.ts";
import { type RedisLink, redisScript } from "./redis-link.ts";
import { giveBackScript, takeScript } from "./redis-script.ts";
import { RefusalMemory } from "./refusal-memory.ts";

const daySeconds = 86_400;
const tokenWindowSeconds = 60;

export type RedisCountersOptions = {
  link: RedisLink;
  /** What the database has counted of an account since the start of a UTC day: asked when Redis knows nothing of it. */
  loadSpent: (accountId: string, dayMs: number) => Promise<readonly SpentToday[]>;
  /** `redis`: one clock for all gates, the server's. `given`: the moment that is passed in, for tests. */
  clock?: "redis" | "given";
};

/** Counters of several gates, in one Redis or Valkey (or a cluster of them). One script per decision. */
export class RedisCounters implements Counters {
  readonly #options: RedisCountersOptions;
  readonly #take = redisScript(takeScript);
  readonly #giveBack = redisScript(giveBackScript);
  readonly #refusals = new RefusalMemory();
  /** Of days that are being read from the database, by account. */
  readonly #reading = new Map<string, Promise<string[]>>();

  constructor(options: RedisCountersOptions) {
    this.#options = options;
  }

  get isUp(): boolean {
    return this.#options.link.isUp;
  }

  take(asked: LimitsAsked, cost: number, spend: number, now: Moment): Taken | Promise<Taken> {
    return this.#refusals.find(asked, cost, now.steadyMs) ?? this.#ask(asked, cost, spend, now);
  }

  async #ask(asked: LimitsAsked, cost: number, spend: number, now: Moment): Promise<Taken> {
    const { link } = this.#options;
    const keys = keysOf(asked);
    const args = [
      this.#options.clock === "given" ? String(now.wallMs) : "-1",
      String(cost),
      String(spend),
      asked.tokenId,
      String(asked.endpointRate ?? -1),
      String(asked.windowSeconds * 1000),
      String(asked.tokenRate ?? -1),
      String(asked.tokenQuota ?? -1),
      String(asked.accountQuota ?? -1),
    ];
    let reply = numbers(await link.run(this.#take, keys, args));
    if (reply[0] === -1) {
      const spent = await this.#spentBefore(asked.accountId, now.wallMs);
      reply = numbers(await link.run(this.#take, keys, [...args, ...spent]));
    }
    const { taken, waitMs } = takenOf(asked, reply, now);
    if (taken.refusedBy !== null && this.#options.clock !== "given")
      this.#refusals.remember(asked, cost, taken, { fromMs: now.steadyMs, waitMs });
    return taken;
  }

  async giveBack(asked: LimitsAsked, spent: number, at: Moment): Promise<void> {
    const { endpointRate, windowSeconds, tokenRate, tokenId } = asked;
    this.#refusals.clear();
    const windows = [
      endpointRate === null ? -1 : windowSeconds * 1000,
      tokenRate === null ? -1 : tokenWindowSeconds * 1000,
    ];
    const args = [String(at.wallMs), String(spent), tokenId, ...windows.map(String)];
    await this.#options.link.run(this.#giveBack, keysOf(asked), args);
  }

  sweep(now: Moment): void {
    this.#refusals.sweep(now.steadyMs);
  }

  end(): void {
    this.#options.link.end();
  }

  /** Arguments that begin an account's day: Redis has lost it, or the account was not seen for two days. */
  #spentBefore(accountId: string, wallMs: number): Promise<string[]> {
    let reading = this.#reading.get(accountId);
    if (!reading) {
      reading = this.#readSpent(accountId, dayStartMs(wallMs)).finally(() => this.#reading.delete(accountId));
      this.#reading.set(accountId, reading);
    }
    return reading;
  }

  async #readSpent(accountId: string, dayMs: number): Promise<string[]> {
    const rows = await this.#options.loadSpent(accountId, dayMs);
    const total = rows.reduce((sum, row) => sum + row.spent, 0);
    const byToken = rows.flatMap((row) => [row.tokenId, String(row.spent)]);
    return [String(dayMs / (daySeconds * 1000)), String(total), ...byToken];
  }
}

/** The braces keep all keys of an account on one node of a cluster. */
function keysOf({ accountId, tokenId, endpointId, windowSeconds }: LimitsAsked): string[] {
  const prefix = `gatehouse:{${accountId}}`;
  return [`${prefix}:day`, `${prefix}:rate:${endpointId}:${windowSeconds}`, `${prefix}:token:${tokenId}`];
}

type Asked = { taken: Taken; waitMs: number };

function numbers(reply: unknown): number[] {
  if (!Array.isArray(reply)) throw new Error("Redis answered something else than the script's list.");
  return reply.map(Number);
}

function takenOf(asked: LimitsAsked, reply: readonly number[], now: Moment): Asked {
  const [refused = 0, waitMs = 0, clockMs = 0, used1 = 0, used2 = 0, used3 = 0, used4 = 0, reset1 = 0, reset2 = 0] =
    reply;
  const quotaReset = quotaResetSeconds(clockMs);
  const states: LimitState[] = [];
  const { endpointRate, tokenRate, tokenQuota, accountQuota, windowSeconds } = asked;
  if (endpointRate !== null) states.push(stateOf(0, endpointRate, used1, windowSeconds, Math.ceil(reset1 / 1000)));
  if (tokenRate !== null) states.push(stateOf(1, tokenRate, used2, tokenWindowSeconds, Math.ceil(reset2 / 1000)));
  if (tokenQuota !== null) states.push(stateOf(2, tokenQuota, used3, daySeconds, quotaReset));
  if (accountQuota !== null) states.push(stateOf(3, accountQuota, used4, daySeconds, quotaReset));
  const refusedBy = refused === 0 ? null : (states.find((one) => one.name === limitNames[refused - 1]) ?? null);
  const isRate = refusedBy?.kind === "rate";
  const retryAfterSeconds = refusedBy === null ? 0 : isRate ? Math.ceil(waitMs / 1000) : quotaReset;
  const at = { wallMs: clockMs, steadyMs: now.steadyMs };
  return { taken: { refusedBy, states, retryAfterSeconds, at }, waitMs: isRate ? waitMs : quotaReset * 1000 - 999 };
}

function stateOf(
  at: 0 | 1 | 2 | 3,
  limit: number,
  used: number,
  windowSeconds: number,
  resetSeconds: number,
): LimitState {
  const kind = at < 2 ? "rate" : "quota";
  return { name: limitNames[at], kind, limit, used, remaining: Math.max(0, limit - used), windowSeconds, resetSeconds };
}

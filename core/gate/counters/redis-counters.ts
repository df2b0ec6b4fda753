import { limits, windowSecondsOf } from "../../rules/limits/catalogue.ts";
import { dayStartMs } from "../../rules/limits/quota.ts";
import { dayMs } from "../../rules/time.ts";
import type { Moment } from "../state/clock.ts";
import type { SpentToday } from "../state/rows.ts";
import type { Counters, LimitState, LimitsAsked, Taken } from "./counters.ts";
import { kinds } from "./kinds.ts";
import { type RedisLink, redisScript } from "./redis-link.ts";
import { giveBackScript, takeScript } from "./redis-script.ts";
import { RefusalMemory } from "./refusal-memory.ts";

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
    const { link, clock } = this.#options;
    const keys = keysOf(asked);
    const args = [clock === "given" ? String(now.wallMs) : "-1", String(cost), String(spend), ...limitArgs(asked)];
    let reply = numbers(await link.run(this.#take, keys, args));
    if (reply[0] === -1) {
      const spent = await this.#spentBefore(asked, now.wallMs);
      reply = numbers(await link.run(this.#take, keys, [...args, ...spent]));
    }
    const taken = takenOf(asked, reply, now);
    const [, waitMs = 0] = reply;
    if (taken.refusedBy !== null && clock !== "given")
      this.#refusals.remember(asked, cost, taken, { fromMs: now.steadyMs, waitMs });
    return taken;
  }

  async giveBack(asked: LimitsAsked, spent: number, at: Moment): Promise<void> {
    this.#refusals.clear();
    const args = [String(at.wallMs), String(spent), "0", ...limitArgs(asked)];
    await this.#options.link.run(this.#giveBack, keysOf(asked), args);
  }

  sweep(now: Moment): void {
    this.#refusals.sweep(now.steadyMs);
  }

  end(): void {
    this.#options.link.end();
  }

  /** Arguments that begin an account's day: Redis has lost it, or the account was not seen for two days. */
  #spentBefore(asked: LimitsAsked, wallMs: number): Promise<string[]> {
    const { accountId } = asked;
    let reading = this.#reading.get(accountId);
    if (!reading) {
      reading = this.#readSpent(asked, dayStartMs(wallMs)).finally(() => this.#reading.delete(accountId));
      this.#reading.set(accountId, reading);
    }
    return reading;
  }

  async #readSpent(asked: LimitsAsked, fromMs: number): Promise<string[]> {
    const rows = await this.#options.loadSpent(asked.accountId, fromMs);
    const total = { tokenId: "", spent: rows.reduce((sum, row) => sum + row.spent, 0) };
    const counts = limits
      .filter((limit) => limit.restoredFrom === "usage")
      .flatMap((limit) =>
        (limit.countedBy === "account" ? [total] : rows).flatMap(({ tokenId, spent }) => [
          kinds[limit.kind].inRedis.detailOf(limit, { ...asked, tokenId }),
          String(spent),
        ]),
      );
    return [String(fromMs / dayMs), ...counts];
  }
}

/** The braces keep all keys of an account on one node of a cluster. */
function keysOf(asked: LimitsAsked): string[] {
  return limits.map((limit) => `gatehouse:{${asked.accountId}}:${kinds[limit.kind].inRedis.keyOf(limit, asked)}`);
}

function limitArgs(asked: LimitsAsked): string[] {
  const args: string[] = [];
  for (const limit of limits) {
    args.push(String(asked.amounts[limit.place] ?? -1), kinds[limit.kind].inRedis.detailOf(limit, asked));
  }
  return args;
}

function numbers(reply: unknown): number[] {
  if (!Array.isArray(reply)) throw new Error("Redis answered something else than the script's list.");
  return reply.map(Number);
}

function takenOf(asked: LimitsAsked, reply: readonly number[], now: Moment): Taken {
  const [refusing = 0, waitMs = 0, clockMs = 0, ...figures] = reply;
  const states: LimitState[] = [];
  let refusedBy: LimitState | null = null;
  for (const limit of limits) {
    const { place, name, kind } = limit;
    const amount = asked.amounts[place] ?? null;
    if (amount === null) continue;
    const used = figures[place] ?? 0;
    const resetSeconds = Math.ceil((figures[limits.length + place] ?? 0) / 1000);
    const windowSeconds = windowSecondsOf(limit, asked);
    const remaining = Math.max(0, amount - used);
    const state = { name, kind, limit: amount, used, remaining, windowSeconds, resetSeconds };
    states.push(state);
    if (place === refusing - 1) refusedBy = state;
  }
  const at = { wallMs: clockMs, steadyMs: now.steadyMs };
  return { refusedBy, states, retryAfterSeconds: Math.ceil(waitMs / 1000), at };
}

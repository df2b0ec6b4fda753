import {
  type CountedRequest,
  type Limit,
  type LimitKind,
  limitKindNames,
  limits,
  windowSecondsOf,
} from "../../rules/limits/catalogue.ts";
import { checkLimits } from "../../rules/limits/check-order.ts";
import type { Moment } from "../state/clock.ts";
import type { Counters, CountsHolder, LimitState, LimitsAsked, Taken } from "./counters.ts";
import type { LimitCount, MemoryKind, OwnedCount } from "./kind.ts";
import { kinds } from "./kinds.ts";
import { DayCount, dayOf } from "./quota.ts";

const sweepParts = 600;

type CountedLimit = Limit & MemoryKind;

/** The counters of a gate that is alone. Counts are made when something is first counted and freed when nothing counts any more. */
export class MemoryCounters implements Counters {
  readonly #accounts = new Map<string, DayCount>();
  readonly #tokens = new Map<string, DayCount>();
  readonly #limits = countedLimits();
  /** Where the limits of the request under decision are counted, as far as it has them. */
  readonly #counts: LimitCount[] = this.#limits.map(({ nothing }) => nothing);
  /** All counts but those of days. */
  readonly #owned: OwnedCount[] = [];
  #cursor = 0;
  #sweptDay = 0;

  readonly isUp = true;

  end(): void {}

  get ringCount(): number {
    return this.#owned.length;
  }

  take(asked: LimitsAsked, cost: number, spend: number, now: Moment): Taken {
    const { amounts } = asked;
    const counts = this.#counts;
    const account = held(this.#accounts, asked.accountId, asked.accountHolder);
    const token = held(this.#tokens, asked.tokenId, asked.tokenHolder);
    const states: LimitState[] = [];
    for (const limit of this.#limits) {
      const amount = amounts[limit.place] ?? null;
      if (amount === null) continue;
      const count = find(limit.countedBy === "account" ? account : token, limit, asked) ?? limit.nothing;
      counts[states.length] = count;
      states.push(stateOf(limit, amount, count.usedFor(amount, cost, now), windowSecondsOf(limit, asked)));
    }

    const refusing = checkLimits(states, cost);
    const spent = refusing === null ? spend : 0;
    if (spent > 0) this.#spend(asked, account, token, spent, now);

    let refusedBy: LimitState | null = null;
    let retryAfterSeconds = 0;
    for (let i = 0; i < states.length; i++) {
      const state = states[i];
      const count = counts[i];
      if (!state || !count) continue;
      state.used += spent;
      state.remaining = Math.max(0, state.limit - state.used);
      state.resetSeconds = count.resetSeconds(now);
      if (state.name !== refusing) continue;
      refusedBy = state;
      retryAfterSeconds = count.waitSeconds(state.limit, cost, now, state.windowSeconds);
    }
    return { refusedBy, states, retryAfterSeconds, at: now };
  }

  giveBack(asked: LimitsAsked, spent: number, at: Moment): void {
    const account = this.#accounts.get(asked.accountId);
    const token = this.#tokens.get(asked.tokenId);
    for (const limit of this.#limits) {
      if (!limit.isAlwaysCounted && (asked.amounts[limit.place] ?? null) === null) continue;
      find(limit.countedBy === "account" ? account : token, limit, asked)?.giveBack(spent, at);
    }
  }

  /** Start-up: what was spent at `at`, from where limits of some kinds are restored. Of the journal in order of time. */
  restore(from: Limit["restoredFrom"], of: CountedRequest, spent: number, at: Moment): void {
    const account = this.#accounts.get(of.accountId) ?? newOwner(this.#accounts, of.accountId, at);
    const token = this.#tokens.get(of.tokenId) ?? newOwner(this.#tokens, of.tokenId, at);
    for (const limit of this.#limits) {
      if (limit.restoredFrom !== from) continue;
      const owner = limit.countedBy === "account" ? account : token;
      (find(owner, limit, of) ?? this.#make(owner, limit, of)).spend(spent, at, null);
    }
  }

  /**
   * Frees idle counts, a part of them per call: called ten times a second, it comes round once a minute. Once a day it also
   * forgets the days that are over.
   */
  sweep(now: Moment): void {
    for (let left = Math.max(50, this.#owned.length / sweepParts); left > 0 && this.#owned.length > 0; left--) {
      if (this.#cursor >= this.#owned.length) this.#cursor = 0;
      const count = this.#owned[this.#cursor];
      if (!count || count.used(now) > 0) this.#cursor++;
      else this.#free(count, this.#cursor);
    }
    const day = dayOf(now);
    if (day === this.#sweptDay) return;
    this.#sweptDay = day;
    for (const all of [this.#accounts, this.#tokens]) {
      for (const [key, owner] of all) {
        if (!owner.isBefore(now) || owner.counts !== null) continue;
        owner.isGone = true;
        all.delete(key);
      }
    }
  }

  /** Makes what is not there yet. */
  #spend(
    asked: LimitsAsked,
    knownAccount: DayCount | undefined,
    knownToken: DayCount | undefined,
    spent: number,
    now: Moment,
  ): void {
    const account = knownAccount ?? newOwner(this.#accounts, asked.accountId, now, asked.accountHolder);
    const token = knownToken ?? newOwner(this.#tokens, asked.tokenId, now, asked.tokenHolder);
    const counts = this.#counts;
    let next = 0;
    for (const limit of this.#limits) {
      const owner = limit.countedBy === "account" ? account : token;
      const amount = asked.amounts[limit.place] ?? null;
      if (amount === null) {
        if (limit.isAlwaysCounted)
          (find(owner, limit, asked) ?? this.#make(owner, limit, asked)).spend(spent, now, null);
        continue;
      }
      let count = counts[next] ?? limit.nothing;
      if (count === limit.nothing) {
        count = this.#make(owner, limit, asked);
        counts[next] = count;
      }
      next++;
      count.spend(spent, now, amount);
    }
  }

  #make(owner: DayCount, limit: CountedLimit, of: CountedRequest): LimitCount {
    if (limit.make === null) return owner;
    const count = limit.make(owner, limit.place, endpointOf(limit, of), windowSecondsOf(limit, of) * 1000);
    this.#owned.push(count);
    return count;
  }

  #free(count: OwnedCount, at: number): void {
    const last = this.#owned.pop();
    if (last && last !== count) this.#owned[at] = last;
    count.leaveOwner();
    count.free();
  }
}

/** The limits with what counts them here, put together once. */
function countedLimits(): CountedLimit[] {
  const made = new Map<LimitKind, MemoryKind>(limitKindNames.map((kind) => [kind, kinds[kind].inMemory()]));
  return limits.map((limit) => {
    const { nothing, make } = made.get(limit.kind) ?? kinds[limit.kind].inMemory();
    return { ...limit, nothing, make };
  });
}

/** A count of another window belongs to the limit as it was before it was changed; the new one starts empty. */
function find(owner: DayCount | undefined, limit: CountedLimit, of: CountedRequest): LimitCount | null {
  if (owner === undefined) return null;
  if (limit.make === null) return owner;
  const endpointId = endpointOf(limit, of);
  const windowMs = windowSecondsOf(limit, of) * 1000;
  let count = owner.counts;
  while (
    count !== null &&
    (count.place !== limit.place || count.endpointId !== endpointId || count.windowMs !== windowMs)
  )
    count = count.next;
  return count;
}

function endpointOf({ isPerEndpoint }: Limit, { endpointId }: CountedRequest): number {
  return isPerEndpoint ? endpointId : 0;
}

function stateOf({ name, kind }: Limit, limit: number, used: number, windowSeconds: number): LimitState {
  return { name, kind, limit, used, remaining: 0, windowSeconds, resetSeconds: 0 };
}

/** What the holder remembers, else what is among all. */
function held(all: Map<string, DayCount>, key: string, holder: CountsHolder | undefined): DayCount | undefined {
  const remembered = holder?.counts;
  if (remembered instanceof DayCount && !remembered.isGone) return remembered;
  const found = all.get(key);
  if (holder && found) holder.counts = found;
  return found;
}

function newOwner(all: Map<string, DayCount>, key: string, now: Moment, holder?: CountsHolder): DayCount {
  const owner = new DayCount(now);
  all.set(key, owner);
  if (holder) holder.counts = owner;
  return owner;
}

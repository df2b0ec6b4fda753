import type { CountedRequest, Limit } from "../../rules/limits/catalogue.ts";
import type { Moment } from "../state/clock.ts";

/** What one kind of limit is made of: a file per kind says it for memory and for Redis, and kinds.ts lists the files. */
export type KindOfLimit = { inMemory: () => MemoryKind; inRedis: RedisKind };

/** What was counted of one limit, in this process. */
export interface LimitCount {
  used(now: Moment): number;
  /** What counts for a request of this cost, which fits if both together are no more than the limit. */
  usedFor(limit: number, cost: number, now: Moment): number;
  /** `limit` null = none is set, or it is not known. */
  spend(cost: number, now: Moment, limit: number | null): void;
  /** Takes back what was spent at `at`, if it still counts. */
  giveBack(cost: number, at: Moment): void;
  /** Whole seconds until more becomes available; 0 = nothing is used. */
  resetSeconds(now: Moment): number;
  /** Whole seconds until `cost`, which does not fit now, fits under `limit`. */
  waitSeconds(limit: number, cost: number, now: Moment, windowSeconds: number): number;
}

/** An account or a token, which is also the count of its day, since everybody has one. All others hang on it. */
export interface Owner extends LimitCount {
  counts: OwnedCount | null;
}

/** A count in the list of its owner. Few per owner: a rate per endpoint in use. */
export abstract class OwnedCount implements LimitCount {
  next: OwnedCount | null;

  constructor(
    readonly owner: Owner,
    /** Of the limit in the catalogue. */
    readonly place: number,
    /** 0 = all endpoints together. */
    readonly endpointId: number,
    readonly windowMs: number,
  ) {
    this.next = owner.counts;
    owner.counts = this;
  }

  abstract used(now: Moment): number;
  abstract usedFor(limit: number, cost: number, now: Moment): number;
  abstract spend(cost: number, now: Moment, limit: number | null): void;
  abstract giveBack(cost: number, at: Moment): void;
  abstract resetSeconds(now: Moment): number;
  abstract waitSeconds(limit: number, cost: number, now: Moment): number;
  /** Gives back what it holds beside itself; it is not used any more. */
  abstract free(): void;

  leaveOwner(): void {
    const { owner } = this;
    if (owner.counts === this) owner.counts = this.next;
    for (let one = owner.counts; one !== null; one = one.next) if (one.next === this) one.next = this.next;
  }
}

export type MemoryKind = {
  /** Stands where nothing was counted yet. Never spent on. */
  nothing: LimitCount;
  /** Makes the first count of a limit. Null = the owner is the count. */
  make: ((owner: Owner, place: number, endpointId: number, windowMs: number) => OwnedCount) | null;
};

/**
 * Pieces of the script that decides in Redis (redis-script.ts). Each limit has a number i, from 1, and what is passed for it:
 * `KEYS[i]`, `amount<i>` (−1 = no such limit) and `detail<i>`. `now`, `cost` and `spend` are known too, but not to what gives back.
 */
export type RedisKind = {
  /** Where it is counted, of all that is kept of an account. */
  keyOf: (limit: Limit, of: CountedRequest) => string;
  detailOf: (limit: Limit, of: CountedRequest) => string;
  /** Functions that the pieces call. */
  functions: string;
  /** Declares `used<i>` of all limits of the kind; may return {−1} to ask for what begins a day. */
  read: (all: readonly number[]) => string;
  /** Expression: ms until the cost, which does not fit now, would fit if nothing else were counted meanwhile. */
  wait: (i: number) => string;
  /** Counts `spend`, also in `used<i>`. */
  spend: (i: number) => string;
  /** Expression: ms until more becomes available; 0 = nothing is used. */
  reset: (i: number) => string;
  /** Takes back `back`, which was spent at `at`. */
  giveBack: (i: number) => string;
};

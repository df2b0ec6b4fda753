import type { CountedRequest, LimitKind, LimitName } from "../../rules/limits/catalogue.ts";
import type { Moment } from "../state/clock.ts";

/** The limits that apply to one decision. */
export type LimitsAsked = CountedRequest & {
  /** What each limit of the catalogue lets through, in its order; null = no such limit. */
  amounts: readonly (number | null)[];
  /** The cached account and token this is about. */
  accountHolder?: CountsHolder;
  tokenHolder?: CountsHolder;
};

/** A place beside what is cached anyway, where counters may keep what they would else look up each time. Theirs alone. */
export type CountsHolder = { counts: unknown };

export type LimitState = {
  name: LimitName;
  kind: LimitKind;
  limit: number;
  /** After this decision. */
  used: number;
  remaining: number;
  windowSeconds: number;
  /** Whole seconds until more becomes available; 0 = nothing is used. */
  resetSeconds: number;
};

export type Taken = {
  /** The first limit that the cost did not fit under; null = it fits under all. */
  refusedBy: LimitState | null;
  /** Of the limits that exist, in the published order. */
  states: LimitState[];
  /** Whole seconds; 0 when nothing refused. */
  retryAfterSeconds: number;
  /** When it was counted, by the clock that counts: what `giveBack` needs to find it again. */
  at: Moment;
};

/**
 * What is counted against limits. All or nothing: `spend` is taken from every limit when `cost` fits under all, else from
 * none. Implementations may answer at once or later, and do the same arithmetic (`core/rules/limits`).
 */
export interface Counters {
  /** False = cannot count at present: `take` rejects. */
  readonly isUp: boolean;
  /** `cost` must fit; `spend` is what is then counted: the cost, or 0 to look only. */
  take(asked: LimitsAsked, cost: number, spend: number, now: Moment): Taken | Promise<Taken>;
  /** Undoes a `take` whose decision could not be recorded. `at` is what `take` told. */
  giveBack(asked: LimitsAsked, spent: number, at: Moment): void | Promise<void>;
  /** Called ten times a second: frees what nothing counts on any more. */
  sweep(now: Moment): void;
  end(): void;
}

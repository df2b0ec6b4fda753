import { dayMs } from "../time.ts";
import type { ActionState, ActionType, ReasonCode } from "../vocabulary.ts";
import { reasons } from "./reasons.ts";

/** Older strikes are shown and weigh nothing. */
export const strikeMonthsMs = 365 * dayMs;

export type Strike = {
  type: ActionType;
  state: ActionState;
  /** Taken back by its author at once. */
  isUndone: boolean;
  /** Taken in the very case that is being decided: the answer to it, and no earlier offence. */
  isOfThisCase: boolean;
  atMs: number;
};

/** Lengths of suspensions, from the first to the fourth in twelve months, in hours. */
const lengthsHours = [24, 72, 7 * 24, 30 * 24];

export type Step = { type: ActionType; durationHours: number | null; strikes: number };

/** Counts as a strike: it was in force in an earlier case, no appeal or undo took it back, and no other measure of the same act took its place. */
export function isStrike(strike: Strike, nowMs: number): boolean {
  if (nowMs - strike.atMs > strikeMonthsMs || strike.isUndone || strike.isOfThisCase) return false;
  return ["applying", "active", "expired", "lifted"].includes(strike.state);
}

/**
 * The next step of a reason's ladder: one rung per strike of the last twelve months, the last rung for all that follow. A
 * suspension grows from 24 hours to 30 days with the suspensions before it. A proposal only: the agent decides.
 */
export function proposeStep(reason: ReasonCode, history: readonly Strike[], nowMs: number): Step {
  const strikes = history.filter((one) => isStrike(one, nowMs));
  const { ladder } = reasons[reason];
  const type = ladder[Math.min(strikes.length, ladder.length - 1)] ?? "notice";
  const suspensions = strikes.filter((one) => one.type === "suspension").length;
  const length = lengthsHours[Math.min(suspensions, lengthsHours.length - 1)] ?? 24;
  const durationHours = type === "suspension" || type === "throttle" ? length : null;
  return { type, durationHours, strikes: strikes.length };
}

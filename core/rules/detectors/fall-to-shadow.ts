import { dayMs } from "../time.ts";

/** Below this a detector that flags goes into shadow by itself (moderation design). */
export const lowestPrecision = 0.3;
/** Only what was decided so lately says how the detector is now. */
export const fallWindowMs = 30 * dayMs;
/** Fewer decisions say nothing. */
export const fallDecisions = 20;

/** What staff found of one flag; `isRight` false = not abuse. */
export type Verdict = { raisedAtMs: number; decidedAtMs: number; isRight: boolean };

/**
 * The verdicts that count for a fall now: of flags raised since the setting in force was published, so that a setting that was changed
 * or put back begins anew, and decided in the last 30 days.
 */
export function countedVerdicts(verdicts: readonly Verdict[], publishedAtMs: number, nowMs: number) {
  const counted = verdicts.filter(
    ({ raisedAtMs, decidedAtMs }) => raisedAtMs > publishedAtMs && decidedAtMs > nowMs - fallWindowMs,
  );
  const right = counted.filter((one) => one.isRight).length;
  return { right, wrong: counted.length - right };
}

/** Whether so many right and wrong flags send a detector into shadow: at least 20 of them, and less than 30 % right. */
export function isTooOftenWrong({ right, wrong }: { right: number; wrong: number }): boolean {
  const decided = right + wrong;
  return decided >= fallDecisions && right / decided < lowestPrecision;
}

import { dayMs } from "../time.ts";

export type FlagFacts = {
  severity: number;
  weight: number;
  precision: number;
  halfLifeDays: number;
  lastSeenAtMs: number;
};

/**
 * Share of one flag in its case: weight × severity/3 × precision × 2^(−age/half-life), 0 to 1.
 * Formula: moderation design, after Discourse's reviewable scores and Polar's additive score with ageing.
 */
export function flagShare(flag: FlagFacts, nowMs: number): number {
  const ageDays = Math.max(0, nowMs - flag.lastSeenAtMs) / dayMs;
  return flag.weight * (flag.severity / 3) * flag.precision * 2 ** (-ageDays / flag.halfLifeDays);
}

/** 100·(1 − Π(1 − pᵢ)), 0 to 100: more flags raise it, none alone reaches 100. */
export function caseScore(shares: readonly number[]): number {
  return 100 * (1 - shares.reduce((rest, share) => rest * (1 - share), 1));
}

/** Decisions from which on a precision is measured; before, 50 % is taken. */
export const decisionsNeeded = 20;

/** (right + 1)/(right + wrong + 2); 0.5 until 20 decisions, because a few say nothing. */
export function detectorPrecision(right: number, wrong: number): number {
  if (right + wrong < decisionsNeeded) return 0.5;
  return (right + 1) / (right + wrong + 2);
}

/** At this share of all requests an account's refused calls count as the whole of their possible harm. */
const harmfulShare = 0.1;

/**
 * Queue priority and its parts: the case score, 2.5 a day for waiting (50 at most), up to 25 for harm to others now (the share of
 * everybody's requests in the last hour that its refused calls make), and 25 for an appeal that waits.
 */
export function queuePriority(
  score: number,
  openedAtMs: number,
  nowMs: number,
  { refusedShare = 0, hasAppeal = false }: { refusedShare?: number; hasAppeal?: boolean } = {},
) {
  const ageing = Math.min(50, (2.5 * Math.max(0, nowMs - openedAtMs)) / dayMs);
  const harm = 25 * Math.min(1, Math.max(0, refusedShare) / harmfulShare);
  const appeal = hasAppeal ? 25 : 0;
  return { score, ageing, harm, appeal, priority: score + ageing + harm + appeal };
}

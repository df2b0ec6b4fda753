const dayMs = 86_400_000;

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

const decisionsNeeded = 20;

/** (confirmed + 1)/(confirmed + dismissed + 2); 0.5 until 20 decisions, because a few say nothing. */
export function detectorPrecision(confirmed: number, dismissed: number): number {
  if (confirmed + dismissed < decisionsNeeded) return 0.5;
  return (confirmed + 1) / (confirmed + dismissed + 2);
}

/** Queue priority and its parts: the case score, and 2.5 a day for waiting, 50 at most. */
export function queuePriority(score: number, openedAtMs: number, nowMs: number) {
  const ageing = Math.min(50, (2.5 * Math.max(0, nowMs - openedAtMs)) / dayMs);
  return { score, ageing, priority: score + ageing };
}

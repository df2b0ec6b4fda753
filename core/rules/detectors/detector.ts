import type { DecisionCode, FlagScope, ReasonCode } from "../vocabulary.ts";

/** Usage of one account in one minute. */
export type MinuteCount = {
  atMs: number;
  tokenId: string;
  endpointId: number;
  outcome: DecisionCode;
  requests: number;
};

/** A refused request whose path says something, oldest first. */
export type RefusedPath = { atMs: number; tokenId: string; code: DecisionCode; path: string };

/** What detectors look at: the last hour of one account, but nothing from before its last lift, so that no offence counts twice. */
export type AccountWindow = {
  nowMs: number;
  accountId: string;
  minutes: readonly MinuteCount[];
  refusedPaths: readonly RefusedPath[];
};

export type Signal = {
  scope: FlagScope;
  scopeId: string;
  severity: 1 | 2 | 3;
  /** How much of it there was, to compare with an earlier flag of the same key. */
  magnitude: number;
  /** One sentence with the numbers. */
  summary: string;
  evidence: Record<string, number>;
};

export type Detector<Config extends Record<string, number> = Record<string, number>> = {
  id: string;
  /** Raised when the formula changes; kept with every flag. */
  version: number;
  title: string;
  /** What it means, for people who read the flag. */
  meaning: string;
  reasonCode: ReasonCode;
  halfLifeDays: number;
  /** Share in the case score, 0 to 1. */
  weight: number;
  /** True = silent while the account is suspended: the suspension answers it. */
  isSilencedBySuspension: boolean;
  defaults: Config;
  evaluate: (window: AccountWindow, config: Config) => Signal[];
};

/** Keeps the configuration's type while a file is written; forgets it in the registry, where `defaults` fits `evaluate` anyway. */
export function defineDetector<Config extends Record<string, number>>(detector: Detector<Config>): Detector {
  return {
    ...detector,
    evaluate: (window, config) => detector.evaluate(window, { ...detector.defaults, ...config }),
  };
}

export function sum(counts: readonly MinuteCount[], fromMs: number, outcomes?: readonly DecisionCode[]): number {
  let total = 0;
  for (const count of counts) {
    if (count.atMs >= fromMs && (!outcomes || outcomes.includes(count.outcome))) total += count.requests;
  }
  return total;
}

/** Rows by their token, in order. */
export function byToken<Row extends { tokenId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.tokenId);
    if (group) group.push(row);
    else groups.set(row.tokenId, [row]);
  }
  return groups;
}

import { dayStartMs } from "../limits/quota.ts";
import type { AlertKind } from "../vocabulary.ts";
import type { Forecast } from "./forecast.ts";

/** What a rule remembers. Shares are fractions: 0.8 = 80 %. */
export type AlertState = { seenShare: number; seenAt: Date | null; firedAt: Date | null };
export type AlertRuleFacts = { kind: AlertKind; thresholdPercent: number; cooldownSeconds: number };

/** The largest threshold of a kind: only what is still to come can go beyond the whole. */
export function mostPercent(kind: AlertKind): number {
  return kind === "pace" ? 500 : 100;
}

/** Of the day's kinds a new UTC day begins below every threshold. */
const ofTheDay: readonly AlertKind[] = ["quota", "pace"];

/**
 * Whether going from `before` to `after` reaches a threshold that was not reached before. A function of the two shares alone, so it
 * is true once per crossing however often one looks in between.
 */
export function crosses(before: number, after: number, threshold: number): boolean {
  return before < threshold && after >= threshold;
}

/** Whether a rule tells of what it sees now: once per crossing, and not again within its cooldown. */
export function isAlertDue(rule: AlertRuleFacts, state: AlertState, share: number, now: Date): boolean {
  const isNewDay =
    ofTheDay.includes(rule.kind) &&
    (state.seenAt === null || dayStartMs(state.seenAt.getTime()) < dayStartMs(now.getTime()));
  const before = isNewDay ? 0 : state.seenShare;
  if (!crosses(before, share, rule.thresholdPercent / 100)) return false;
  return state.firedAt === null || now.getTime() - state.firedAt.getTime() >= rule.cooldownSeconds * 1000;
}

/** Share of the quota that is used; without a limit none is. */
export function quotaShare(used: number, limit: number | null): number {
  if (limit === null) return 0;
  return limit <= 0 ? (used > 0 ? 1 : 0) : used / limit;
}

/**
 * Share of the quota that is expected to be used by the reset, by the lower of the estimates: a pace alert comes when both say
 * so. A quota that is used up keeps the share it ran out with.
 */
export function paceShare(forecast: Forecast, limit: number | null): number {
  if (forecast.kind === "used_up") return 1;
  if (limit === null || limit <= 0 || !("expected" in forecast)) return 0;
  return forecast.expected.low / limit;
}

/** Fewer requests than this in an hour say nothing about a share of them. */
const leastRequests = 20;

/** Share of the last hour's requests that was refused. */
export function refusedShare(refused: number, total: number): number {
  return total < leastRequests ? 0 : refused / total;
}

type Pressure = { limit: number | null; windowSeconds: number; allowedNow: number };

/** The largest share of a rate limit that went through in the last 60 seconds, over all endpoints that have one. */
export function pressureShare(rows: readonly Pressure[]): number {
  return Math.max(
    0,
    ...rows.map(({ limit, windowSeconds, allowedNow }) =>
      limit === null || limit <= 0 ? 0 : allowedNow / ((limit * 60) / windowSeconds),
    ),
  );
}

/** What an account is made with. */
export const defaultAlertRules = [
  { kind: "quota", thresholdPercent: 80, cooldownSeconds: 3_600 },
  { kind: "quota", thresholdPercent: 100, cooldownSeconds: 3_600 },
  { kind: "pace", thresholdPercent: 100, cooldownSeconds: 21_600 },
] as const satisfies readonly AlertRuleFacts[];

import { minuteMs } from "../time.ts";

/** Grouping of mail to staff: the first after 5 minutes, updates every 15, a reminder after a day. */
const firstAfterMs = 5 * minuteMs;
const updateEveryMs = 15 * minuteMs;
const remindAfterMs = 24 * 60 * minuteMs;

/** What a mail about a case is: the first, one of new signals, or one that it still waits. */
export type CaseMailKind = "new" | "update" | "reminder";

export type CaseMailFacts = {
  openedAtMs: number;
  /** When staff were last mailed about it; null = never. */
  mailedAtMs: number | null;
  /** The newest signal of its flags; null = none, as for a case opened by hand. */
  lastSignalAtMs: number | null;
  /** Nobody has taken it yet, or it was escalated. */
  isWaiting: boolean;
};

/** Whether staff are to be mailed about an open case now, and as what; null = not now. */
export function caseMailDue(facts: CaseMailFacts, nowMs: number): CaseMailKind | null {
  const { openedAtMs, mailedAtMs, lastSignalAtMs, isWaiting } = facts;
  if (mailedAtMs === null) return nowMs - openedAtMs >= firstAfterMs ? "new" : null;
  const sinceMs = nowMs - mailedAtMs;
  if (lastSignalAtMs !== null && lastSignalAtMs > mailedAtMs) return sinceMs >= updateEveryMs ? "update" : null;
  return isWaiting && sinceMs >= remindAfterMs ? "reminder" : null;
}

import { dayMs } from "../time.ts";
import type { DismissReason, FlagState } from "../vocabulary.ts";

export type FlagEvent =
  | "joins_case"
  | "goes_quiet"
  | "seen_again"
  | "runs_out"
  | "confirm"
  | "dismiss"
  | "mute"
  /** The action that confirmed it was undone at once. */
  | "reconsider"
  /** An appeal was granted: it was wrong after all. */
  | "overturn"
  /** Its case was closed without a decision on it, or a newer flag asks the same: over, and the detector may say it anew. */
  | "let_go";

/** Flag states and what may happen in each. What is not here is refused. */
export const flagTransitions: Record<FlagState, Partial<Record<FlagEvent, FlagState>>> = {
  open: { joins_case: "in_case", goes_quiet: "recovering", seen_again: "open", mute: "muted" },
  recovering: { joins_case: "in_case", seen_again: "open", runs_out: "expired", mute: "muted" },
  in_case: { seen_again: "in_case", confirm: "confirmed", dismiss: "dismissed", mute: "muted", let_go: "expired" },
  confirmed: { mute: "muted", reconsider: "in_case", overturn: "dismissed", let_go: "expired" },
  dismissed: { mute: "muted" },
  expired: { mute: "muted" },
  muted: {},
};

export function nextFlagState(state: FlagState, event: FlagEvent): FlagState | null {
  return flagTransitions[state][event] ?? null;
}

/** The one reason to dismiss a flag that says its detector was wrong. */
export const wrongReason: DismissReason = "not_abuse";

type Earlier = { decision: "confirmed" | "dismissed"; decidedAtMs: number; severity: number; magnitude: number };

const quietAfterDismissalMs = dayMs;

/**
 * Whether a signal may open a new flag although its key was decided before: after a dismissal only 24 h later and only when it
 * is worse (higher severity, or twice as much of it), so that staff are not shown again what they have just put aside.
 */
export function mayOpenAgain(
  earlier: Earlier | null,
  signal: { severity: number; magnitude: number },
  nowMs: number,
): boolean {
  if (!earlier || earlier.decision === "confirmed") return true;
  if (nowMs - earlier.decidedAtMs < quietAfterDismissalMs) return false;
  return signal.severity > earlier.severity || signal.magnitude >= 2 * earlier.magnitude;
}

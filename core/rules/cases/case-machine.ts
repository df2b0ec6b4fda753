import { dayMs, minuteMs } from "../time.ts";
import type { CaseState } from "../vocabulary.ts";

export type CaseEvent =
  | "claim"
  | "release"
  | "hand_over"
  | "snooze"
  | "wake"
  | "ask_owner"
  | "owner_answers"
  | "ask_approval"
  | "approval_decided"
  | "escalate"
  | "close"
  | "reopen";

const working = {
  claim: "assigned",
  hand_over: "assigned",
  snooze: "snoozed",
  ask_owner: "waiting_for_owner",
  ask_approval: "pending_approval",
  escalate: "escalated",
  close: "closed",
} as const;

/** Case states and what may happen in each. What is not here is refused. */
export const caseTransitions: Record<CaseState, Partial<Record<CaseEvent, CaseState>>> = {
  new: working,
  assigned: { ...working, release: "new" },
  snoozed: { ...working, wake: "assigned" },
  waiting_for_owner: { ...working, owner_answers: "assigned" },
  pending_approval: {
    claim: "pending_approval",
    hand_over: "pending_approval",
    approval_decided: "assigned",
    close: "closed",
  },
  escalated: { ...working, escalate: "escalated" },
  closed: { reopen: "new" },
};

export function nextCaseState(state: CaseState, event: CaseEvent): CaseState | null {
  return caseTransitions[state][event] ?? null;
}

/** A new flag reopens a case closed less than this long ago; later it opens a new one. */
export const reopenWithinMs = 14 * dayMs;

/** How long a claim holds; it renews while the page is open. */
export const claimMs = 10 * minuteMs;

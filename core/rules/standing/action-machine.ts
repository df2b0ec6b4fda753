import type { ActionState } from "../vocabulary.ts";

export type ActionEvent =
  | "ask_approval"
  | "approve_later"
  | "apply"
  | "confirm"
  | "expire"
  | "lift"
  | "supersede"
  | "overturn"
  | "cancel"
  /** What replaced it was undone. */
  | "reinstate";

const ends = { expire: "expired", lift: "lifted", supersede: "superseded", overturn: "overturned" } as const;

/** Action states and what may happen in each. What is not here is refused. */
export const actionTransitions: Record<ActionState, Partial<Record<ActionEvent, ActionState>>> = {
  draft: { ask_approval: "pending_approval", approve_later: "scheduled", apply: "applying", cancel: "cancelled" },
  pending_approval: { approve_later: "scheduled", apply: "applying", cancel: "cancelled" },
  scheduled: { apply: "applying", cancel: "cancelled" },
  applying: { confirm: "active", ...ends },
  active: ends,
  expired: { overturn: "overturned" },
  lifted: { overturn: "overturned" },
  superseded: { overturn: "overturned", reinstate: "applying" },
  overturned: {},
  cancelled: {},
};

export function nextActionState(state: ActionState, event: ActionEvent): ActionState | null {
  return actionTransitions[state][event] ?? null;
}

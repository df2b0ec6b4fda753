import type { ActionState } from "../vocabulary.ts";

export type ActionEvent =
  /** A second person must agree first. */
  | "ask_approval"
  /** Announced, to begin later. */
  | "schedule"
  | "apply"
  /** Every live gate has confirmed. */
  | "confirm"
  /** A second person keeps an emergency action, with the end that was asked for. */
  | "uphold"
  /** Its silence is over. */
  | "tell"
  | "expire"
  /** Nobody upheld an emergency action in time. */
  | "lapse"
  | "lift"
  /** Taken back within the undo window. */
  | "undo"
  | "supersede"
  | "overturn"
  | "cancel"
  /** The action that replaced it was undone. */
  | "reinstate";

const ends = {
  expire: "expired",
  lapse: "expired",
  lift: "lifted",
  undo: "lifted",
  supersede: "superseded",
  overturn: "overturned",
} as const;
const begins = { schedule: "scheduled", apply: "applying" } as const;
const ahead = { cancel: "cancelled", undo: "cancelled" } as const;

/** Action states and what may happen in each. What is not here is refused. */
export const actionTransitions: Record<ActionState, Partial<Record<ActionEvent, ActionState>>> = {
  draft: { ask_approval: "pending_approval", ...begins, ...ahead },
  pending_approval: { ...begins, ...ahead },
  scheduled: { apply: "applying", ...ahead },
  applying: { confirm: "active", uphold: "applying", tell: "applying", ...ends },
  active: { uphold: "active", tell: "active", ...ends },
  expired: { overturn: "overturned" },
  lifted: { overturn: "overturned" },
  superseded: { overturn: "overturned", reinstate: "applying" },
  overturned: {},
  cancelled: {},
};

export function nextActionState(state: ActionState, event: ActionEvent): ActionState | null {
  return actionTransitions[state][event] ?? null;
}

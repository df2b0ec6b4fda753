import { dayMs } from "../time.ts";
import type { AppealState } from "../vocabulary.ts";

export type AppealEvent = "assign" | "ask_owner" | "owner_answers" | "grant" | "grant_partly" | "reject" | "withdraw";

const decisions = { grant: "granted", grant_partly: "partly_granted", reject: "rejected" } as const;

/** Appeal states and what may happen in each. What is not here is refused; what is decided stays decided. */
export const appealTransitions: Record<AppealState, Partial<Record<AppealEvent, AppealState>>> = {
  submitted: { assign: "assigned", ask_owner: "waiting_for_owner", ...decisions, withdraw: "withdrawn" },
  assigned: { assign: "assigned", ask_owner: "waiting_for_owner", ...decisions, withdraw: "withdrawn" },
  waiting_for_owner: { assign: "waiting_for_owner", owner_answers: "assigned", ...decisions, withdraw: "withdrawn" },
  granted: {},
  partly_granted: {},
  rejected: {},
  withdrawn: {},
};

export function nextAppealState(state: AppealState, event: AppealEvent): AppealState | null {
  return appealTransitions[state][event] ?? null;
}

export const openAppealStates = ["submitted", "assigned", "waiting_for_owner"] as const satisfies AppealState[];

/** Staff should decide within this time. */
export const decideWithinMs = 7 * dayMs;

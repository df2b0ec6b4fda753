import type { ActionState, ActionType, AppealState, Surface } from "../../core/rules/vocabulary.ts";
import { percent } from "./numbers.ts";
import { surfaces } from "./routes.ts";

/** An action by its type: as a label, and as a noun within a sentence. */
export const actionTypes: Record<ActionType, { label: string; noun: string }> = {
  notice: { label: "Notice", noun: "notice" },
  throttle: { label: "Throttle", noun: "throttle" },
  token_pause: { label: "Token pause", noun: "token pause" },
  suspension: { label: "Suspension", noun: "suspension" },
  termination: { label: "Termination", noun: "termination" },
};

export type ActionTarget = {
  surface: Surface | null;
  tokenName: string | null;
  endpointName: string | null;
};

/** What an action reaches: "the whole account", "the SMTP surface", "the token “billing-cron”". */
export function target({ surface, tokenName, endpointName }: ActionTarget): string {
  if (tokenName !== null) return `the token “${tokenName}”${endpointName === null ? "" : ` on ${endpointName}`}`;
  if (endpointName !== null) return `the endpoint ${endpointName}`;
  if (surface !== null) return `the ${surfaces[surface]} surface`;
  return "the whole account";
}

/** "suspension of the whole account", "throttle of the token “billing-cron” to 50%", within a sentence. */
export function action({
  type,
  factor,
  ...reach
}: ActionTarget & { type: ActionType; factor?: number | null }): string {
  // A token pause says what it reaches already.
  const noun = type === "token_pause" ? "pause" : actionTypes[type].noun;
  return `${noun} of ${target(reach)}${factor == null ? "" : ` to ${percent(factor)}`}`;
}

/** How far an action is: as a label, and after "This action". */
export const actionStates: Record<ActionState, { label: string; is: string }> = {
  draft: { label: "Draft", is: "is a draft" },
  pending_approval: { label: "Waiting for approval", is: "is waiting for approval" },
  scheduled: { label: "Scheduled", is: "is scheduled" },
  applying: { label: "Taking effect", is: "is taking effect" },
  active: { label: "In force", is: "is in force" },
  expired: { label: "Ended", is: "has ended" },
  lifted: { label: "Lifted", is: "has been lifted" },
  superseded: { label: "Replaced", is: "has been replaced" },
  overturned: { label: "Overturned", is: "has been overturned" },
  cancelled: { label: "Cancelled", is: "has been cancelled" },
};

/** What happens to an appeal, said beside its form. */
export const appealHow = "Someone who was not involved decides within 7 days. You can add messages here until then.";

/** How far an appeal is: as a label, and after "This appeal". */
export const appealStates: Record<AppealState, { label: string; is: string }> = {
  submitted: { label: "Submitted", is: "has been submitted" },
  assigned: { label: "In review", is: "is in review" },
  waiting_for_owner: { label: "Waiting for the owner", is: "is waiting for the owner" },
  granted: { label: "Granted", is: "has been granted" },
  partly_granted: { label: "Partly granted", is: "has been granted in part" },
  rejected: { label: "Rejected", is: "has been rejected" },
  withdrawn: { label: "Withdrawn", is: "has been withdrawn" },
};

import type { OutcomeRefusal } from "../../core/rules/cases/outcomes.ts";
import type { CaseOutcome, CaseState, DismissReason, FlagState } from "../../core/rules/vocabulary.ts";
import { actionTypes } from "../words.ts";

/** How far a case is: as a label, and after "A case that". */
export const caseStates: Record<CaseState, { label: string; is: string }> = {
  new: { label: "New", is: "is new" },
  assigned: { label: "Assigned", is: "is assigned" },
  snoozed: { label: "Snoozed", is: "is snoozed" },
  waiting_for_owner: { label: "Waiting for the owner", is: "is waiting for the owner" },
  pending_approval: { label: "Waiting for approval", is: "is waiting for approval" },
  escalated: { label: "Escalated", is: "is escalated" },
  closed: { label: "Closed", is: "is closed" },
};

export const caseOutcomes: Record<CaseOutcome, string> = {
  no_abuse: "No abuse",
  broken_client_helped: "Broken client, helped",
  notice: "Notice given",
  throttled: "Throttled",
  token_paused: "Token paused",
  suspended: "Suspended",
  terminated: "Terminated",
  duplicate: "Duplicate",
  our_fault: "Our fault",
};

export const dismissReasons: Record<DismissReason, string> = {
  expected_load: "Expected load",
  broken_client: "Broken client",
  our_fault: "Our fault",
  duplicate: "Duplicate",
  not_abuse: "Not abuse",
};

/** How far a flag is: as a label, and after "This flag". */
export const flagStates: Record<FlagState, { label: string; is: string }> = {
  open: { label: "Open", is: "is open" },
  recovering: { label: "Recovering", is: "is recovering" },
  expired: { label: "Expired", is: "has expired" },
  in_case: { label: "In a case", is: "is in a case" },
  confirmed: { label: "Confirmed", is: "has been confirmed" },
  dismissed: { label: "Dismissed", is: "has been dismissed" },
  muted: { label: "Muted", is: "is muted" },
};

/** Why a case may not be closed like this, and what to do. */
export function outcomeRefused(refusal: OutcomeRefusal): string {
  const { noun } = actionTypes[refusal.type];
  switch (refusal.code) {
    case "waiting":
      return refusal.isApproved
        ? `A ${noun} from this case is scheduled. Cancel it first, or close the case when it is in force.`
        : `A ${noun} from this case is waiting for approval. Have it approved or cancel it first.`;
    case "did_not_happen":
      return `No ${noun} from this case took effect. Choose the outcome that did happen.`;
    case "contradicted":
      return `A ${noun} from this case is in force. Lift it first, or close the case with another outcome.`;
  }
}

/** "Priority 57 = case score 47 + waiting 4 + harm to others 6 + appeal 0": no hidden number. */
export function priority(parts: {
  priority: number;
  score: number;
  ageing: number;
  harm: number;
  appeal: number;
}): string {
  const [sum, score, ageing, harm, appeal] = [parts.priority, parts.score, parts.ageing, parts.harm, parts.appeal].map(
    Math.round,
  );
  return `Priority ${sum} = case score ${score} + waiting ${ageing} + harm to others ${harm} + appeal ${appeal}`;
}

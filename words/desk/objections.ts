import { emergencyMs, longestSuspensionMs, type Objection, undoMs } from "../../core/rules/standing/enforcement.ts";
import { actionTypes } from "../en/actions.ts";
import { count, longDuration } from "../en/numbers.ts";
import { staffRoles } from "../en/roles.ts";
import { utc } from "../en/time.ts";

/** Why somebody may not do this by themselves, or not at all, and who may. */
export function objection(because: Objection): string {
  switch (because.code) {
    case "ends_in_past":
      return "The end is in the past.";
    case "throttle_without_end":
      return "A throttle needs an end.";
    case "silent_notice":
      return "A notice cannot be silent.";
    case "end_of_endless":
      return `A ${actionTypes[because.type].noun} has no end.`;
    case "too_long": {
      const instead = because.type === "throttle" ? "Choose an earlier end." : "Choose an earlier end, or “for good”.";
      return `A temporary ${actionTypes[because.type].noun} lasts ${length(longestSuspensionMs)} at most. ${instead}`;
    }
    case "not_by_key":
      return `An automation key never imposes a ${actionTypes[because.type].noun}. A person decides it.`;
    case "batch_too_large":
      return `One action reaches ${count(because.most)} accounts at most.`;
    case "batch_needs_two":
      return `More than ${count(because.most)} accounts at once need a second person's approval.`;
    case "protected":
      return "This account is protected: a second person must approve.";
    case "termination_needs_two":
      return "A termination needs a second person's approval.";
    case "for_good_needs_two":
      return "A suspension for good needs a second person's approval.";
    case "silence_needs_two":
      return "More than 24 hours without notice need a second person's approval.";
    case "support_needs_confirmation":
      return `As support you suspend for up to ${hours(emergencyMs)}; a second person should confirm it.`;
    case "beyond_role":
      return `As ${staffRoles[because.role].label.toLowerCase()} you suspend for up to ${because.mostMs === emergencyMs ? hours(emergencyMs) : length(because.mostMs)} on your own; longer needs a second person's approval.`;
    case "key_reaches_one":
      return "An automation key acts on one account at a time, and on none that is protected.";
    case "key_needs_end":
      return `An automation key acts for ${hours(emergencyMs)} at most. Set an end.`;
    case "key_lifts_own":
      return "An automation key lifts only what it imposed.";
    case "own_proposal":
      return "You proposed this. Someone else must approve it.";
    case "lead_approves":
      return "Only a lead or an admin can approve this.";
    case "lead_lifts":
      return "Only a lead or an admin can lift an action without an end.";
    case "support_lifts_own":
      return "As support you can lift only your own actions, within an hour. Ask a reviewer or a lead.";
    case "termination_is_final":
      return "The wind-down is over and the tokens are destroyed. This termination is final.";
    case "author_undoes":
      return "Only its author can undo it.";
    case "undo_is_over":
      return `It can be undone for ${length(undoMs)} only. Lift it instead.`;
    case "reviewer_decides":
      return "Appeals are decided by a reviewer, a lead or an admin.";
    case "was_involved":
      return "You imposed or approved this action. Someone else decides the appeal.";
    case "one_hand":
      return `Your role and theirs were given by one person within the last 24 hours, so you do not count as a second person yet. You will from ${utc(new Date(because.untilMs), "long")}.`;
    case "unproven_approver":
      return "Nobody has proven your e-mail address, so you do not count as a second person. Reset your password with a link from your mail or from the operator.";
    case "author_gone":
      return "Whoever proposed this is blocked or no longer staff. Propose it yourself if it is right.";
    case "unproven_author":
      return "Nobody has proven the e-mail address of whoever proposed this, so no approval counts yet. They reset their password with a link from their mail or from the operator.";
    case "mute_too_long":
      return because.isSenior ? "Mute for 90 days at most." : "Mute for 7 days at most. A lead can mute for longer.";
  }
}

function length(ms: number): string {
  return longDuration(ms / 1_000);
}

/** "24 hours": a bound of the ladder is told in hours up to a day. */
function hours(ms: number): string {
  return `${count(ms / 3_600_000)} hours`;
}

import type { ReasonCode } from "../../core/rules/vocabulary.ts";

/** What staff ask themselves before they act for this reason. */
export const checklists: Record<ReasonCode, readonly string[]> = {
  rate_excess: ["Is the limit right for this plan?", "Has the owner announced a load?", "Is it one token or all?"],
  quota_excess: ["Does the plan still fit the customer?", "Does the client stop at the first quota_exceeded?"],
  retry_storm: ["Does the client honour Retry-After?", "Would a throttle stop it?"],
  probing: ["Do the paths belong to another product, or are they guesses?", "Could our documentation be wrong?"],
  credential_attack: ["Do the attempts come from the owner's own networks?", "Did any attempt succeed?"],
  token_leak: ["Is the token used from new places?", "Does the owner know how to rotate it?"],
  token_sharing: ["Is it one customer with many offices?", "Do the networks belong to one hosting provider?"],
  resale: ["Is there proof of an offer to others?", "Would a partner contract fit?"],
  spam: ["Have recipients complained?", "Has a second person seen the content?"],
  tampering: ["Was anything changed?", "Does security know?"],
  security_incident: ["Is the owner the victim?", "Does security know?"],
  payment: ["Has finance confirmed it?"],
  legal_order: ["Is the order in the ticket?", "May the owner be told?"],
  other: ["Is there really no better reason?"],
};

import type { ActionType, ReasonCode } from "../vocabulary.ts";

type Reason = {
  title: string;
  clause: string;
  /** Text proposed to the owner. */
  template: string;
  /** Default steps, one per strike of the last twelve months. */
  ladder: readonly ActionType[];
  /** What staff ask themselves first. */
  checklist: readonly string[];
};

/** Per reason: its name, the policy clause it rests on, and the text proposed to the owner. `{detail}` is the flag's own sentence. */
export const reasons: Record<ReasonCode, Reason> = {
  rate_excess: {
    title: "Over the rate limit",
    clause: "4",
    template:
      "Your client keeps calling far beyond its rate limit: {detail}. Wait as long as Retry-After says before the next call, and spread the calls out.",
    ladder: ["notice", "throttle", "suspension"],
    checklist: ["Is the limit right for this plan?", "Has the owner announced a load?", "Is it one token or all?"],
  },
  quota_excess: {
    title: "Over the daily quota",
    clause: "4",
    template:
      "Your account keeps calling after its daily quota is used up: {detail}. Stop at the first quota_exceeded until the reset at 00:00 UTC.",
    ladder: ["notice", "throttle", "suspension"],
    checklist: ["Does the plan still fit the customer?", "Does the client stop at the first quota_exceeded?"],
  },
  retry_storm: {
    title: "Retries without waiting",
    clause: "4",
    template: "Your client repeats refused requests without waiting: {detail}. Honour Retry-After and back off.",
    ladder: ["notice", "throttle", "suspension"],
    checklist: ["Does the client wait as Retry-After says?", "Would a throttle stop it?"],
  },
  probing: {
    title: "Probing",
    clause: "3",
    template:
      "Your token asks for many paths that do not exist or are not open to it: {detail}. Stop it, and tell us what the client was meant to do.",
    ladder: ["notice", "suspension", "suspension"],
    checklist: ["Are the paths of another product or guesses?", "Could it be a documentation error of ours?"],
  },
  credential_attack: {
    title: "Attack on credentials",
    clause: "3",
    template: "Your account is used to try out tokens: {detail}.",
    ladder: ["suspension", "suspension", "termination"],
    checklist: ["Do the attempts come from the owner's own networks?", "Was any attempt successful?"],
  },
  token_leak: {
    title: "Leaked token",
    clause: "7",
    template: "A token of your account has become public: {detail}. Revoke it and create a new one.",
    ladder: ["token_pause", "token_pause", "suspension"],
    checklist: [
      "Is the token still used from places it was not used before?",
      "Has the owner been told how to rotate it?",
    ],
  },
  token_sharing: {
    title: "Shared token",
    clause: "5",
    template:
      "One token of your account is used from many unrelated networks: {detail}. Give each installation its own token.",
    ladder: ["notice", "token_pause", "suspension"],
    checklist: ["Is it one customer with many offices?", "Are the networks of one provider of servers?"],
  },
  resale: {
    title: "Resale of the API",
    clause: "5",
    template: "Your account offers the API as a product of its own: {detail}.",
    ladder: ["notice", "suspension", "termination"],
    checklist: ["Is there proof of an offer to others?", "Would a partner contract fit?"],
  },
  spam: {
    title: "Spam",
    clause: "3",
    template: "Your account sends unwanted messages: {detail}.",
    ladder: ["notice", "suspension", "termination"],
    checklist: ["Are there complaints of recipients?", "Is the content seen by a second person?"],
  },
  tampering: {
    title: "Tampering",
    clause: "3",
    template: "Your account tried to change how the service works: {detail}.",
    ladder: ["suspension", "termination"],
    checklist: ["Was anything changed?", "Does security know?"],
  },
  security_incident: {
    title: "Security incident",
    clause: "7",
    template: "We saw a security incident around your account: {detail}. Contact us before you continue.",
    ladder: ["token_pause", "suspension"],
    checklist: ["Is the owner the victim?", "Does security know?"],
  },
  payment: {
    title: "Payment",
    clause: "9",
    template: "There is a problem with payment: {detail}.",
    ladder: ["notice", "suspension"],
    checklist: ["Has finance confirmed it?"],
  },
  legal_order: {
    title: "Legal order",
    clause: "9",
    template: "We are required to restrict your account: {detail}.",
    ladder: ["suspension", "termination"],
    checklist: ["Is the order in the ticket?", "May the owner be told?"],
  },
  other: {
    title: "Other",
    clause: "9",
    template: "We restricted your account: {detail}.",
    ladder: ["notice", "suspension"],
    checklist: ["Is there really no better reason?"],
  },
};

/** The proposed text of a reason with its detail filled in; the agent edits it before the owner reads it. */
export function publicTextOf(reason: ReasonCode, detail: string): string {
  return reasons[reason].template.replace("{detail}", detail);
}

/** Written into the record and shown before confirming; clause 4 of the policy. */
export const billingConsequence = "No refund is owed while access is restricted for abuse (clause 4). Charges go on.";

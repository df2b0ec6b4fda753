import type { ReasonCode } from "./vocabulary.ts";

/** Per reason: its name, the policy clause it rests on, and the text proposed to the owner. `{detail}` is the flag's own sentence. */
export const reasons: Record<ReasonCode, { title: string; clause: string; template: string }> = {
  rate_excess: {
    title: "Over the rate limit",
    clause: "4",
    template:
      "Your client keeps calling far beyond its rate limit: {detail}. Wait as long as Retry-After says before the next call, and spread the calls out.",
  },
  quota_excess: {
    title: "Over the daily quota",
    clause: "4",
    template:
      "Your account keeps calling after its daily quota is used up: {detail}. Stop at the first quota_exceeded until the reset at 00:00 UTC.",
  },
  retry_storm: {
    title: "Retries without waiting",
    clause: "4",
    template: "Your client repeats refused requests without waiting: {detail}. Honour Retry-After and back off.",
  },
  probing: {
    title: "Probing",
    clause: "3",
    template:
      "Your token asks for many paths that do not exist or are not open to it: {detail}. Stop it, and tell us what the client was meant to do.",
  },
  credential_attack: {
    title: "Attack on credentials",
    clause: "3",
    template: "Your account is used to try out tokens: {detail}.",
  },
  token_leak: {
    title: "Leaked token",
    clause: "7",
    template: "A token of your account has become public: {detail}. Revoke it and create a new one.",
  },
  token_sharing: {
    title: "Shared token",
    clause: "5",
    template:
      "One token of your account is used from many unrelated networks: {detail}. Give each installation its own token.",
  },
  resale: {
    title: "Resale of the API",
    clause: "5",
    template: "Your account offers the API as a product of its own: {detail}.",
  },
  spam: { title: "Spam", clause: "3", template: "Your account sends unwanted messages: {detail}." },
  tampering: {
    title: "Tampering",
    clause: "3",
    template: "Your account tried to change how the service works: {detail}.",
  },
  security_incident: {
    title: "Security incident",
    clause: "7",
    template: "We saw a security incident around your account: {detail}. Contact us before you continue.",
  },
  payment: { title: "Payment", clause: "9", template: "There is a problem with payment: {detail}." },
  legal_order: { title: "Legal order", clause: "9", template: "We are required to restrict your account: {detail}." },
  other: { title: "Other", clause: "9", template: "We restricted your account: {detail}." },
};

/** The proposed text of a reason with its detail filled in; the agent edits it before the owner reads it. */
export function publicTextOf(reason: ReasonCode, detail: string): string {
  return reasons[reason].template.replace("{detail}", detail);
}

/** Written into the record and shown before confirming; clause 4 of the policy. */
export const billingConsequence = "No refund is owed while access is restricted for abuse (clause 4). Charges go on.";

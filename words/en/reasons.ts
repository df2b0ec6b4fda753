import type { ActionType, ReasonCode } from "../../core/rules/vocabulary.ts";

/** Why an action was taken: its name, and the text proposed to the owner. `{detail}` is the flag's own sentence. */
export const reasons: Record<ReasonCode, { title: string; template: string }> = {
  rate_excess: {
    title: "Over the rate limit",
    template:
      "Your client keeps calling far above its rate limit: {detail}. Wait for the time in Retry-After before the next call, and spread your calls out.",
  },
  quota_excess: {
    title: "Over the daily quota",
    template:
      "Your account keeps calling after its daily quota is used up: {detail}. Stop at the first quota_exceeded until the reset at 00:00 UTC.",
  },
  retry_storm: {
    title: "Retries without waiting",
    template: "Your client repeats refused requests without waiting: {detail}. Honour Retry-After and back off.",
  },
  probing: {
    title: "Probing",
    template:
      "Your token requests many paths that do not exist or are not open to it: {detail}. Stop it, and tell us what your client is meant to do.",
  },
  credential_attack: {
    title: "Credential attack",
    template: "Your account is being used to try out tokens: {detail}.",
  },
  token_leak: {
    title: "Leaked token",
    template: "A token of your account has become public: {detail}. Revoke it and create a new one.",
  },
  token_sharing: {
    title: "Shared token",
    template:
      "One of your tokens is used from many unrelated networks: {detail}. Give each installation its own token.",
  },
  resale: { title: "Resale of the API", template: "Your account offers the API as a product of its own: {detail}." },
  spam: { title: "Spam", template: "Your account sends unwanted messages: {detail}." },
  tampering: { title: "Tampering", template: "Your account tried to change how the service works: {detail}." },
  security_incident: {
    title: "Security incident",
    template: "We detected a security incident that involves your account: {detail}. Contact us before you continue.",
  },
  payment: { title: "Payment", template: "There is a problem with your payment: {detail}." },
  legal_order: { title: "Legal order", template: "We are legally required to restrict your account: {detail}." },
  other: { title: "Other", template: "We restricted your account: {detail}." },
};

/** The text proposed for a reason; staff edit it before the owner reads it. `detail` null = what the flag says belongs to another reason. */
export function publicText(reason: ReasonCode, detail: string | null): string {
  return reasons[reason].template.replace("{detail}", detail ?? "see the evidence");
}

/** What an action means for the bill: written into the record, and shown before confirming. Clause 4 of the policy. */
export function billingConsequence(type: ActionType): string {
  return type === "termination"
    ? "No refund is owed for the time before the termination (clause 4). Your contract says when charges end. You can still export your data and appeal."
    : "No refund is owed while access is restricted for abuse (clause 4). Charges continue.";
}

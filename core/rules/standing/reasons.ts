import type { ActionType, ReasonCode } from "../vocabulary.ts";

type Reason = {
  /** Of the policy. */
  clause: string;
  /** Default steps, one per strike of the last twelve months. */
  ladder: readonly ActionType[];
};

/** Per reason: the policy clause it rests on, and what is proposed for it. Its words are in words/. */
export const reasons: Record<ReasonCode, Reason> = {
  rate_excess: { clause: "4", ladder: ["notice", "throttle", "suspension"] },
  quota_excess: { clause: "4", ladder: ["notice", "throttle", "suspension"] },
  retry_storm: { clause: "4", ladder: ["notice", "throttle", "suspension"] },
  probing: { clause: "3", ladder: ["notice", "suspension", "suspension"] },
  credential_attack: { clause: "3", ladder: ["suspension", "suspension", "termination"] },
  token_leak: { clause: "7", ladder: ["token_pause", "token_pause", "suspension"] },
  token_sharing: { clause: "5", ladder: ["notice", "token_pause", "suspension"] },
  resale: { clause: "5", ladder: ["notice", "suspension", "termination"] },
  spam: { clause: "3", ladder: ["notice", "suspension", "termination"] },
  tampering: { clause: "3", ladder: ["suspension", "termination"] },
  security_incident: { clause: "7", ladder: ["token_pause", "suspension"] },
  payment: { clause: "9", ladder: ["notice", "suspension"] },
  legal_order: { clause: "9", ladder: ["suspension", "termination"] },
  other: { clause: "9", ladder: ["notice", "suspension"] },
};

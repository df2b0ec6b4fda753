/**
 * The closed word lists of the product. Tables check against them, types come from them, screens print them.
 * A word that is not here does not exist.
 */
export const surfaces = ["http", "smtp", "inbound"] as const;
export type Surface = (typeof surfaces)[number];

/** The one that may do most first. */
export const memberRoles = ["owner", "developer", "viewer"] as const;
export type MemberRole = (typeof memberRoles)[number];

export const staffRoles = ["support", "reviewer", "lead", "admin"] as const;
export type StaffRole = (typeof staffRoles)[number];

/** How a person came into a session. */
/**
 * What DNS said of the record that proves a domain. `taken` = it is there, and another account has proven the domain; `no_answer` = DNS
 * could not be asked.
 */
export const domainAnswers = ["found", "absent", "no_answer", "taken"] as const;
export type DomainAnswer = (typeof domainAnswers)[number];

export const sessionWays = ["password", "passkey", "single_sign_on", "email_link", "portal"] as const;
export type SessionWay = (typeof sessionWays)[number];

/** Whom an issuer signs in: staff, members of any account, or people of one account. */
export const issuerAudiences = ["staff", "members", "account"] as const;
export type IssuerAudience = (typeof issuerAudiences)[number];

/** Every answer the gate can give, in no order; the order of the checks is in check-order. */
export const decisionCodes = [
  "allowed",
  "malformed_token",
  "unknown_token",
  "token_revoked",
  "token_expired",
  "token_paused",
  "account_closed",
  "account_suspended",
  "account_terminated",
  "surface_suspended",
  "ip_not_allowed",
  "account_ip_not_allowed",
  "ambiguous_path",
  "unknown_endpoint",
  "endpoint_denied",
  "insufficient_scope",
  "rate_limited",
  "quota_exceeded",
] as const;
export type DecisionCode = (typeof decisionCodes)[number];
/** False for a word of a later version. */
export function isDecisionCode(text: string): text is DecisionCode {
  return (decisionCodes as readonly string[]).includes(text);
}
export type RefusalCode = Exclude<DecisionCode, "allowed">;

/** Why the gate could not decide; `GATE_FAIL` then says whether requests pass. */
export type GateUnavailableCode = "gate_starting" | "gate_stale" | "gate_journal" | "gate_counters";

/** What an API reports of a request after it was allowed. */
export const outcomeKinds = ["status", "bounce", "complaint"] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

export const actionTypes = ["notice", "throttle", "token_pause", "suspension", "termination"] as const;
export type ActionType = (typeof actionTypes)[number];

export const actionStates = [
  "draft",
  "pending_approval",
  "scheduled",
  "applying",
  "active",
  "expired",
  "lifted",
  "superseded",
  "overturned",
  "cancelled",
] as const;
export type ActionState = (typeof actionStates)[number];

export const standings = ["good", "noticed", "throttled", "suspended", "terminated"] as const;
export type Standing = (typeof standings)[number];

export const reasonCodes = [
  "rate_excess",
  "quota_excess",
  "retry_storm",
  "probing",
  "credential_attack",
  "token_leak",
  "token_sharing",
  "resale",
  "spam",
  "tampering",
  "security_incident",
  "payment",
  "legal_order",
  "other",
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export const flagStates = ["open", "recovering", "expired", "in_case", "confirmed", "dismissed", "muted"] as const;
export type FlagState = (typeof flagStates)[number];

export const flagScopes = ["account", "token", "endpoint", "network"] as const;
export type FlagScope = (typeof flagScopes)[number];

export const caseStates = [
  "new",
  "assigned",
  "snoozed",
  "waiting_for_owner",
  "pending_approval",
  "escalated",
  "closed",
] as const;
export type CaseState = (typeof caseStates)[number];

export const caseOutcomes = [
  "no_abuse",
  "broken_client_helped",
  "notice",
  "throttled",
  "token_paused",
  "suspended",
  "terminated",
  "duplicate",
  "our_fault",
] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

export const dismissReasons = ["expected_load", "broken_client", "our_fault", "duplicate", "not_abuse"] as const;
export type DismissReason = (typeof dismissReasons)[number];

export const overrideKinds = ["quota", "rate_limit"] as const;
export type OverrideKind = (typeof overrideKinds)[number];

export const actorKinds = ["visitor", "user", "member", "staff", "token", "staff_key", "job"] as const;
export type ActorKind = (typeof actorKinds)[number];

/** `kept` = there was no mail server to hand it to; it is shown on screen only. */
export const mailStates = ["waiting", "sent", "failed", "kept"] as const;
export type MailState = (typeof mailStates)[number];

/** What an account can be told about by a rule of its own. */
export const alertKinds = ["quota", "pace", "rate_pressure", "refused_share"] as const;
export type AlertKind = (typeof alertKinds)[number];

/** What the messages among an account's alerts are about: its own rules, and what it is told without one. */
export const alertMessageKinds = [
  ...alertKinds,
  "token_expiry",
  "retired_secret",
  "token_leak",
  "limit_request",
  "exception_ending",
  "test",
] as const;
export type AlertMessageKind = (typeof alertMessageKinds)[number];

export const exportStates = ["waiting", "running", "done", "failed", "removed"] as const;
export type ExportState = (typeof exportStates)[number];

export const limitFactKinds = ["account_plan", "plan_quota", "plan_rate", "endpoint_rate", "endpoint_window"] as const;
export type LimitFactKind = (typeof limitFactKinds)[number];

/** What an integration may collect about people. */
export const collectedData = [
  "names",
  "email_addresses",
  "phone_numbers",
  "postal_addresses",
  "message_content",
  "network_addresses",
  "payment_data",
  "health_data",
  "other",
] as const;
export type CollectedData = (typeof collectedData)[number];

export const appealStates = [
  "submitted",
  "assigned",
  "waiting_for_owner",
  "granted",
  "partly_granted",
  "rejected",
  "withdrawn",
] as const;
export type AppealState = (typeof appealStates)[number];

/** `automation` = a program's, which never suspends; `personal` = the person's own, for hours, with their role. */
export const staffKeyKinds = ["automation", "personal"] as const;
export type StaffKeyKind = (typeof staffKeyKinds)[number];

export const reportKinds = ["abuse", "vulnerability"] as const;
export type ReportKind = (typeof reportKinds)[number];

export const reportStates = ["new", "assigned", "in_case", "closed"] as const;
export type ReportState = (typeof reportStates)[number];

/** `shadow` = its signals are kept for comparison and raise no flag. */
export const detectorModes = ["off", "shadow", "flags"] as const;
export type DetectorMode = (typeof detectorModes)[number];

/** `waiting` = not tried yet or to be tried again; `skipped` = its endpoint was switched off before its turn. */
export const deliveryStates = ["waiting", "delivered", "failed", "skipped"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Where a leaked token was found and what was done: `unknown` = no such token here. */
export const leakOutcomes = ["unknown", "already_ended", "paused", "revoked"] as const;
export type LeakOutcome = (typeof leakOutcomes)[number];

/** Whose webhook endpoints hear of an event: the provider's and the account's, or only one of them. */
export const eventReaches = ["everyone", "provider", "account"] as const;
export type EventReach = (typeof eventReaches)[number];

/** Messages to an account about an action. */
export const noticeKinds = [
  "action.applied",
  "action.scheduled",
  "action.changed",
  "action.lifted",
  "action.expired",
  "action.cancelled",
  "action.overturned",
  "appeal.message",
  "appeal.decided",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What is masked on the desk, and shown one at a time for a reason. */
export const maskedKinds = [
  "member_email",
  "reporter_email",
  "token_address",
  "request_address",
  "mail_address",
] as const;
export type MaskedKind = (typeof maskedKinds)[number];

/** What staff can look at, each look being written down. */
export const viewKinds = ["account", "case", "receipt", ...maskedKinds] as const;
export type ViewKind = (typeof viewKinds)[number];

/** Every way a use case can refuse. Stable: they are part of the API. The adapters alone know their statuses. */
export const errorCodes = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "gone",
  "throttled",
  "unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** Codes of the API beside those of the use cases: what can be wrong with a request before anybody asks for anything. */
export const transportCodes = [
  "bad_request",
  "method_not_allowed",
  "payload_too_large",
  "unsupported_media_type",
  "precondition_failed",
  "idempotency_conflict",
  "idempotency_mismatch",
  "account_closed",
  "account_suspended",
  "account_terminated",
] as const;
export type ApiCode = ErrorCode | (typeof transportCodes)[number];

/** The files of an account's export, in the order of its README. */
export const exportFileNames = [
  "account.jsonl",
  "members.jsonl",
  "tokens.jsonl",
  "integrations.jsonl",
  "invitations.jsonl",
  "webhooks.jsonl",
  "webhook-deliveries.jsonl",
  "alert-rules.jsonl",
  "alerts.jsonl",
  "notices.jsonl",
  "actions.jsonl",
  "appeals.jsonl",
  "self-cures.jsonl",
  "announced-loads.jsonl",
  "limit-requests.jsonl",
  "usage-by-day.jsonl",
  "usage-by-hour.jsonl",
  "refusals.jsonl",
  "networks.jsonl",
  "audit.jsonl",
] as const;
export type ExportFileName = (typeof exportFileNames)[number];

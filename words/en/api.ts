import type { ApiCode } from "../../core/rules/vocabulary.ts";

/** The areas of the API in the order of the reference, each with a sentence. */
export const apiTags = {
  Tokens: "Create, change, pause, rotate and revoke the account's tokens.",
  Usage: "Requests made, quota left, and refusals with their reasons.",
  Alerts: "Rules that alert the account when it nears a limit, and the alerts sent.",
  Account: "The account, the API it may call, and its audit log.",
  Standing: "Actions in force against the account and their reasons; notices, appeals and announced loads.",
  Members: "People with access to the account.",
  Integrations: "The account's programs that use the API, and the data they collect.",
  Webhooks: "Endpoints that receive events, and their delivery logs.",
  Intake: "Reports that need no account.",
  "Staff: accounts": "Find and open accounts.",
  "Staff: cases": "Flags and cases in the queue.",
  "Staff: investigate": "What the gates have recorded, over all accounts.",
  "Staff: reports": "Reports sent by people.",
  "Staff: detectors": "Detectors and their thresholds.",
  "Staff: actions": "Actions in force or proposed against accounts.",
  "Staff: limits": "Plans, endpoints and their limits.",
  "Staff: import": "Import existing tokens and endpoints.",
  "Staff: gates": "The gates and their state.",
  "Staff: single sign-on": "Issuers that people sign in through.",
  "Staff: mail": "Undelivered messages.",
  "Staff: people": "Block people, end their sessions, help them in again.",
} as const;
export type ApiTag = keyof typeof apiTags;

/** The title of every code the API can answer with. */
export const apiCodes: Record<ApiCode, string> = {
  bad_request: "The request cannot be read",
  unauthenticated: "No valid token",
  forbidden: "Not allowed",
  account_closed: "The account is closed",
  account_suspended: "The account is suspended",
  account_terminated: "The account is terminated",
  not_found: "Not found",
  method_not_allowed: "Method not allowed",
  conflict: "Not possible in the current state",
  idempotency_conflict: "The first request with this Idempotency-Key is still running",
  gone: "No longer available",
  precondition_failed: "Changed since it was read",
  payload_too_large: "The body is too large",
  unsupported_media_type: "The body is not JSON",
  invalid: "The input is not valid",
  idempotency_mismatch: "This Idempotency-Key was used for another request",
  throttled: "Too many requests",
  internal: "Something went wrong on our side",
  unavailable: "Temporarily unavailable",
};

import { AppError, type ErrorCode } from "../frame/errors.ts";

/** Codes of the API beside those of the use cases: what can be wrong with a request before anybody asks for anything. */
export const transportCodes = [
  "bad_request",
  "method_not_allowed",
  "payload_too_large",
  "unsupported_media_type",
  "precondition_failed",
  "idempotency_conflict",
  "idempotency_mismatch",
  "account_suspended",
  "account_terminated",
] as const;
export type ApiCode = ErrorCode | (typeof transportCodes)[number];

/** The status and title of every code the API can answer with; also what the reference page prints. */
export const apiErrors: Record<ApiCode, { status: number; title: string }> = {
  bad_request: { status: 400, title: "The request cannot be read" },
  unauthenticated: { status: 401, title: "No valid token" },
  forbidden: { status: 403, title: "Not allowed" },
  account_suspended: { status: 403, title: "The account is suspended" },
  account_terminated: { status: 403, title: "The account is terminated" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "The address does not have this method" },
  conflict: { status: 409, title: "It is not in a state for this" },
  idempotency_conflict: { status: 409, title: "The first request with this Idempotency-Key is still running" },
  gone: { status: 410, title: "It is over" },
  precondition_failed: { status: 412, title: "It was changed meanwhile" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body is not JSON" },
  invalid: { status: 422, title: "The input is not valid" },
  idempotency_mismatch: { status: 422, title: "This Idempotency-Key was used for another request" },
  throttled: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong on our side" },
  unavailable: { status: 503, title: "Not available right now" },
};

/** A refusal of the API itself. */
export class ApiError extends Error {
  readonly code: ApiCode;
  readonly headers: Record<string, string>;

  constructor(code: ApiCode, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.name = "ApiError";
    this.code = code;
    this.headers = headers;
  }
}

/** An RFC 9457 problem. `type` leads to the page that explains the code. */
export type ApiProblem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ApiCode;
  /** The request's id, as in the audit log and in ours. */
  instance: string;
  errors?: { pointer: string; detail: string }[];
};

/** What a caller is told of an error; of one that is nobody's business, nothing but the request's id. */
export function problemOf(error: unknown, requestId: string, publicUrl: string): ApiProblem {
  const code = codeOf(error);
  const isOurs = error instanceof ApiError || error instanceof AppError;
  const detail = isOurs
    ? error.message
    : code === "unavailable"
      ? "The database does not answer right now. Nothing was changed; try again in a moment."
      : `Nothing was changed. If it happens again, name the request ${requestId}.`;
  const fields = error instanceof AppError ? Object.entries(error.fields) : [];
  return {
    type: `${publicUrl}/docs/api#error-${code}`,
    ...apiErrors[code],
    detail,
    code,
    instance: `urn:request:${requestId}`,
    ...(fields.length > 0
      ? { errors: fields.map(([field, text]) => ({ pointer: pointerOf(field), detail: text })) }
      : {}),
  };
}

function codeOf(error: unknown): ApiCode {
  if (error instanceof ApiError || error instanceof AppError) return error.code;
  return isConnectionError(error) ? "unavailable" : "internal";
}

/** RFC 6901: `scopes.0` → `/scopes/0`. */
function pointerOf(field: string): string {
  return `/${field
    .split(".")
    .map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1"))
    .join("/")}`;
}

const connectionCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "57P01",
  "57P03",
  // A statement that took longer than it may.
  "57014",
]);

/** Whether an error, or what caused it, is a database that does not answer. */
export function isConnectionError(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string" && connectionCodes.has(cause.code)) return true;
  }
  return false;
}

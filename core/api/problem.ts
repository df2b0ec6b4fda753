import * as words from "#words/words.ts";
import { AppError } from "../frame/errors.ts";
import type { ApiCode } from "../rules/vocabulary.ts";

/** The status of every code the API can answer with. */
export const apiStatuses: Record<ApiCode, number> = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  account_closed: 403,
  account_suspended: 403,
  account_terminated: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_conflict: 409,
  gone: 410,
  precondition_failed: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  idempotency_mismatch: 422,
  throttled: 429,
  internal: 500,
  unavailable: 503,
};

/** Every code with its status and title, as the reference prints them. */
export const apiErrors = (Object.keys(apiStatuses) as ApiCode[]).map((code) => ({
  code,
  status: apiStatuses[code],
  title: words.apiCodes[code],
}));

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
      ? words.errors.databaseAway
      : words.errors.internal(requestId);
  const fields = error instanceof AppError ? Object.entries(error.fields) : [];
  return {
    type: `${publicUrl}/docs/api#error-${code}`,
    title: words.apiCodes[code],
    status: apiStatuses[code],
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
  "57P02",
  "57P03",
  // It has no connection left, or has ended this one while nothing was asked of it.
  "53300",
  "25P03",
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

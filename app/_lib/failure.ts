import "server-only";
import { AppError, type ErrorCode, type FieldErrors } from "#core/errors.ts";
import { logger } from "#core/log.ts";

export type Failure = {
  status: "error";
  code: ErrorCode;
  message: string;
  fields: FieldErrors;
  requestId: string;
};

const log = logger("web");

/** What a person is told of an error: an AppError's own words, and of anything else nothing but the id under which it is logged. */
export function failureOf(error: unknown, requestId: string): Failure {
  if (error instanceof AppError) {
    return { status: "error", code: error.code, message: error.message, fields: error.fields, requestId };
  }
  log.error({ err: error, requestId }, "A use case failed");
  const message = isConnectionError(error)
    ? "The database does not answer right now. Nothing was changed; try again in a moment."
    : `Something went wrong on our side. Nothing was changed. If it happens again, name the request ${requestId}.`;
  return {
    status: "error",
    code: isConnectionError(error) ? "unavailable" : "internal",
    message,
    fields: {},
    requestId,
  };
}

const connectionCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "57P01",
  "57P03",
]);

function isConnectionError(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string" && connectionCodes.has(cause.code)) return true;
  }
  return false;
}

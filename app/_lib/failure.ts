import "server-only";
import { isConnectionError } from "#core/api/problem.ts";
import { AppError, type FieldErrors, ProofNeeded } from "#core/frame/errors.ts";
import type { ErrorCode } from "#core/rules/vocabulary.ts";
import { logger } from "#core/runtime/log.ts";

export type Failure = {
  status: "error";
  code: ErrorCode;
  message: string;
  fields: FieldErrors;
  requestId: string;
  /** The person proves that it is them, and the same is sent again. */
  needsProof?: true;
};

const log = logger("web");

/** What a person is told of an error: an AppError's own words, and of anything else nothing but the id under which it is logged. */
export function failureOf(error: unknown, requestId: string): Failure {
  if (error instanceof AppError) {
    // A person sees the field itself, or is asked for one thing only; its name in the API says nothing to them.
    const [ofField] = Object.values(error.fields);
    const message = error.code === "invalid" && ofField ? ofField : error.message;
    const proof = error instanceof ProofNeeded ? { needsProof: true as const } : {};
    return { status: "error", code: error.code, message, fields: error.fields, requestId, ...proof };
  }
  log.error({ err: error, requestId }, "A use case failed");
  const message = isConnectionError(error)
    ? "The database is not answering. Nothing was changed; try again in a moment."
    : `Something went wrong on our side. Nothing was changed. If it happens again, report request ${requestId}.`;
  return {
    status: "error",
    code: isConnectionError(error) ? "unavailable" : "internal",
    message,
    fields: {},
    requestId,
  };
}

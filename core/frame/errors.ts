import * as words from "#words/words.ts";
import type { ErrorCode } from "../rules/vocabulary.ts";

/** Field path (`endsAt`, `scopes.0`) → what is wrong with it and what to do. */
export type FieldErrors = Record<string, string>;

type Details = {
  fields?: FieldErrors;
  /** Whole seconds until trying again makes sense; with `throttled` and `unavailable`. */
  retryAfterSeconds?: number;
  cause?: unknown;
};

/** A refusal meant for a person: the message says what is wrong and what to do, and holds nothing internal. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldErrors;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.name = "AppError";
    this.code = code;
    this.fields = details.fields ?? {};
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** The person must prove again that it is them, before what a stolen session must not do. */
export class ProofNeeded extends AppError {
  constructor() {
    super("forbidden", words.errors.proveFirst);
    this.name = "ProofNeeded";
  }
}

export function notFound(what: string): AppError {
  return new AppError("not_found", words.errors.notFound(what));
}

export function invalid(field: string, message: string): AppError {
  return new AppError("invalid", message, { fields: { [field]: message } });
}

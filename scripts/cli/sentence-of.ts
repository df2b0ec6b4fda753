import { logLevel } from "#core/runtime/env.ts";

/** What went wrong in one sentence: of a failed query the reason, which is its cause; of many failures the first that says something. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (logLevel() === "debug") return error.stack ?? error.message;
  return reasonIn(error) ?? `${error.name} without a message; set LOG_LEVEL=debug to see where`;
}

function reasonIn(error: Error, depth = 0): string | null {
  if (depth > 5) return null;
  // Node tries each address of a host, and puts what went wrong with them into one error without a text.
  const parts = [error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  for (const part of parts) {
    const reason = part instanceof Error ? reasonIn(part, depth + 1) : null;
    if (reason !== null) return reason;
  }
  if (error.message.trim() !== "" && error.message !== error.name) return error.message;
  return "code" in error && typeof error.code === "string" ? error.code : null;
}

import { type Logger, pino, stdTimeFunctions } from "pino";
import { logLevel } from "./env.ts";

export type { Logger };

const secretKeys = ["authorization", "cookie", "set-cookie", "password", "secret", "token", "x-gate-key", "x-api-key"];

/**
 * A logger that writes JSON lines to standard output, named after its process. Values under keys that hold secrets are
 * left out down to the third level, and errors lose the parameters of the query that failed.
 */
export function logger(name: string): Logger {
  return pino({
    name,
    level: logLevel(),
    base: {},
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: secretKeys.flatMap(pathsOf), censor: "[redacted]" },
    serializers: { err: describeError },
  });
}

function pathsOf(key: string): string[] {
  const quoted = `["${key}"]`;
  return [quoted, `*${quoted}`, `*.*${quoted}`];
}

/** What a log may hold of an error: Drizzle's message repeats the parameters of the query, which may be personal or secret. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const withoutParameters = (text: string) => text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/, "");
  return {
    type: error.name,
    message: withoutParameters(error.message),
    stack: withoutParameters(error.stack ?? ""),
    ...("code" in error ? { code: error.code } : {}),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

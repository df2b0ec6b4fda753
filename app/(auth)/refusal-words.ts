import * as format from "#words/format.ts";

export type PasswordRefusal =
  | { ok: false; reason: "wrong" }
  | { ok: false; reason: "throttled"; retryAfterSeconds: number };

/** Why a password was not taken, and what to do. */
export function wordsOf(refusal: PasswordRefusal): string {
  return refusal.reason === "throttled"
    ? `Too many attempts. Wait ${format.duration(refusal.retryAfterSeconds)} and try again.`
    : "This is not the password.";
}

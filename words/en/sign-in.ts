import { duration } from "./numbers.ts";

export type PasswordRefusal =
  | { ok: false; reason: "wrong" }
  | { ok: false; reason: "throttled"; retryAfterSeconds: number };

/** Why a password was not accepted, and what to do. */
export function passwordRefused(refusal: PasswordRefusal): string {
  return refusal.reason === "throttled"
    ? `Too many attempts. Wait ${duration(refusal.retryAfterSeconds)} and try again.`
    : "This password is not correct.";
}

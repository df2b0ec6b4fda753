import { duration } from "./numbers.ts";

export type PasswordRefusal =
  | { ok: false; reason: "wrong" | "code_required" | "wrong_code" }
  | { ok: false; reason: "throttled"; retryAfterSeconds: number };

/** Why a password was not accepted, and what to do. */
export function passwordRefused(refusal: PasswordRefusal): string {
  switch (refusal.reason) {
    case "throttled":
      return `Too many attempts. Wait ${duration(refusal.retryAfterSeconds)} and try again.`;
    case "code_required":
      return "Enter the code your authenticator app shows, or a recovery code.";
    case "wrong_code":
      return "This code is wrong or was already used. Enter the one your app shows now.";
    case "wrong":
      return "This password is not correct.";
  }
}

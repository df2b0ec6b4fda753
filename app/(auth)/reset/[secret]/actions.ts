"use server";

import { action } from "#app/_lib/action.ts";
import { resetPassword } from "#core/auth/reset-password.ts";

/** Signing in is the next step, through the one door that is throttled and asks for the second step. */
export const resetPasswordAction = action(resetPassword, {
  as: "visitor",
  echo: ["name", "removesPasskeys"],
  show: (result) =>
    result.ok
      ? { ok: true as const }
      : result.reason === "throttled"
        ? { ok: false as const, reason: result.reason, retryAfterSeconds: result.retryAfterSeconds }
        : { ok: false as const, reason: result.reason },
  goOn: (result) => (result.ok ? "/sign-in?after=reset" : null),
});

"use server";

import { action } from "#app/_lib/action.ts";
import { resetPassword } from "#core/auth/reset-password.ts";

/** Signing in is the next step, through the one door that is throttled and asks for the second step. */
export const resetPasswordAction = action(resetPassword, {
  as: "visitor",
  echo: ["name"],
  goOn: () => "/sign-in?after=reset",
});

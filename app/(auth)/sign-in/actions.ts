"use server";

import { action } from "#app/_lib/action.ts";
import { enter } from "#app/_lib/enter.ts";
import { safeNext } from "#app/_lib/landing.ts";
import { signIn } from "#core/auth/sign-in.ts";

/** `wrong` and `throttled` are answers and not errors: the failed attempt is recorded with them. */
export const signInAction = action(signIn, {
  as: "visitor",
  echo: ["email"],
  after: async (result) => {
    if (result.ok) await enter(result);
  },
  show: (result) => (result.ok ? { ok: true as const } : result),
  goOn: (result, form) => (result.ok ? (safeNext(form.get("_next")) ?? "/") : null),
});

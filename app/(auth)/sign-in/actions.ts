"use server";

import { action } from "#app/_lib/action.ts";
import { enter } from "#app/_lib/enter.ts";
import { safeNext } from "#app/_lib/landing.ts";
import { keepChallenge, keptChallenge } from "#app/_lib/passkey-cookie.ts";
import { signIn } from "#core/auth/sign-in.ts";
import { beginPasskeySignIn, signInWithPasskey } from "#core/auth/sign-in-with-passkey.ts";

export const beginPasskeySignInAction = action(beginPasskeySignIn, {
  as: "visitor",
  after: ({ challenge }) => keepChallenge(challenge),
  show: ({ options }) => ({ options }),
});
/** Nobody learns whose passkey it was. */
export const signInWithPasskeyAction = action(signInWithPasskey, {
  as: "visitor",
  read: keptChallenge,
  after: async (result) => {
    if (result.ok) await enter(result);
  },
  show: (result) => {
    if (result.ok) return { ok: true as const };
    return result.reason === "issuer_only" ? result : { ok: false as const, reason: result.reason };
  },
});

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

"use server";

import { plainAction } from "#app/_lib/action.ts";
import { clearSessionCookie } from "#app/_lib/auth.ts";
import { signOut, signOutEverywhere } from "#core/auth/sign-out.ts";

export const signOutAction = plainAction(signOut, {
  as: "user",
  after: clearSessionCookie,
  redirectTo: ({ isPortal }) => (isPortal ? "/portal" : "/sign-in"),
});

/** Every session of the person, this one too. */
export const signOutEverywhereAction = plainAction(signOutEverywhere, {
  as: "user",
  after: clearSessionCookie,
  redirectTo: () => "/sign-in",
});

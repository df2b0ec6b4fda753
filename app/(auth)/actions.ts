"use server";

import { plainAction } from "#app/_lib/action.ts";
import { leave } from "#app/_lib/enter.ts";
import { signOut, signOutEverywhere } from "#core/auth/sign-out.ts";

export const signOutAction = plainAction(signOut, {
  as: "user",
  after: leave,
  redirectTo: ({ isPortal }) => (isPortal ? "/portal" : "/sign-in"),
});

/** Every session of the person, this one too. */
export const signOutEverywhereAction = plainAction(signOutEverywhere, {
  as: "user",
  after: leave,
  redirectTo: () => "/sign-in",
});

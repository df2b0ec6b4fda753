"use server";

import { plainAction } from "#app/_lib/action.ts";
import { clearSessionCookie } from "#app/_lib/auth.ts";
import { signOut } from "#core/auth/sign-out.ts";

export const signOutAction = plainAction(signOut, {
  as: "user",
  after: clearSessionCookie,
  redirectTo: () => "/sign-in",
});

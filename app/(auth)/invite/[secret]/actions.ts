"use server";

import { action } from "#app/_lib/action.ts";
import { acceptInvitation } from "#core/invitations/accept-invitation.ts";

/** The role is there; signing in is the next step, through the one door that is throttled. */
export const acceptInvitationAction = action(acceptInvitation, {
  as: "visitor",
  echo: ["name", "email"],
  show: (result) =>
    result.ok
      ? {
          ok: true as const,
          email: result.email,
          next: result.accountSlug ? `/a/${result.accountSlug}` : "/staff/cases",
        }
      : result.reason === "throttled"
        ? { ok: false as const, reason: result.reason, retryAfterSeconds: result.retryAfterSeconds }
        : { ok: false as const, reason: result.reason },
  goOn: (result) => {
    if (!result.ok) return null;
    const next = result.accountSlug ? `/a/${result.accountSlug}` : "/staff/cases";
    return `/sign-in?${new URLSearchParams({ after: "invitation", next })}`;
  },
});

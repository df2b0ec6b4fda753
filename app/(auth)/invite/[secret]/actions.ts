"use server";

import { action } from "#app/_lib/action.ts";
import { acceptInvitation } from "#core/invitations/accept-invitation.ts";

/** The role is there; signing in is the next step, through the one door that is throttled. */
export const acceptInvitationAction = action(acceptInvitation, {
  as: "visitor",
  show: ({ email, accountSlug }) => ({ email, next: accountSlug ? `/a/${accountSlug}` : "/staff/cases" }),
});

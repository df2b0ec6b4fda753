"use server";

import { action } from "#app/_lib/action.ts";
import { invitationPath } from "#core/invitations/invitation-path.ts";
import { inviteStaff } from "#core/invitations/invite.ts";
import { revokeStaffInvitation } from "#core/invitations/revoke-invitation.ts";
import { changeStaffRole, removeStaff } from "#core/staff/change-staff.ts";

/** The link is shown once to the one who invites; it is never kept in a form's state. */
export const inviteStaffAction = action(inviteStaff, {
  as: "staff",
  revalidate: ["/staff/people"],
  show: ({ secret }) => ({ path: invitationPath(secret) }),
});
export const changeStaffRoleAction = action(changeStaffRole, { as: "staff", revalidate: ["/staff/people"] });
export const removeStaffAction = action(removeStaff, { as: "staff", revalidate: ["/staff/people"] });
export const revokeStaffInvitationAction = action(revokeStaffInvitation, {
  as: "staff",
  revalidate: ["/staff/people"],
});

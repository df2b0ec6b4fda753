"use server";

import { action } from "#app/_lib/action.ts";
import { handoverShown } from "#core/invitations/invitation-path.ts";
import { inviteStaff } from "#core/invitations/invite.ts";
import { resendStaffInvitation } from "#core/invitations/resend-invitation.ts";
import { revokeStaffInvitation } from "#core/invitations/revoke-invitation.ts";
import { changeStaffRole, removeStaff } from "#core/staff/change-staff.ts";

/** Without a mail server the link is shown once to the one who invites; it is never kept in a form's state. */
export const inviteStaffAction = action(inviteStaff, {
  as: "staff",
  revalidate: ["/staff/people"],
  show: handoverShown,
});
export const changeStaffRoleAction = action(changeStaffRole, { as: "staff", revalidate: ["/staff/people"] });
export const removeStaffAction = action(removeStaff, { as: "staff", revalidate: ["/staff/people"] });
export const revokeStaffInvitationAction = action(revokeStaffInvitation, {
  as: "staff",
  revalidate: ["/staff/people"],
});
export const resendStaffInvitationAction = action(resendStaffInvitation, {
  as: "staff",
  revalidate: ["/staff/people"],
  show: handoverShown,
});

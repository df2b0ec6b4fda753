"use server";

import { action } from "#app/_lib/action.ts";
import { handoverShown } from "#core/invitations/invitation-path.ts";
import { inviteStaff } from "#core/invitations/invite.ts";
import { resendStaffInvitation } from "#core/invitations/resend-invitation.ts";
import { revokeStaffInvitation } from "#core/invitations/revoke-invitation.ts";
import { blockPerson, signOutPerson, unblockPerson } from "#core/staff/block-person.ts";
import { changeStaffRole, removeStaff } from "#core/staff/change-staff.ts";
import { findPerson } from "#core/staff/get-person.ts";
import {
  approveSecondStepRemoval,
  proposeSecondStepRemoval,
  withdrawSecondStepRemoval,
} from "#core/staff/remove-second-step.ts";

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

const ofPerson = { as: "staff" as const, revalidate: ["/staff/people/[person]"] };

export const findPersonAction = action(findPerson, {
  as: "staff",
  redirectTo: ({ userId }) => `/staff/people/${userId}`,
});
export const blockPersonAction = action(blockPerson, ofPerson);
export const unblockPersonAction = action(unblockPerson, ofPerson);
export const signOutPersonAction = action(signOutPerson, ofPerson);
export const proposeSecondStepRemovalAction = action(proposeSecondStepRemoval, ofPerson);
export const approveSecondStepRemovalAction = action(approveSecondStepRemoval, ofPerson);
export const withdrawSecondStepRemovalAction = action(withdrawSecondStepRemoval, ofPerson);

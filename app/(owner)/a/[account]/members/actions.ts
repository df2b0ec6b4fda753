"use server";

import { action } from "#app/_lib/action.ts";
import { handoverShown } from "#core/invitations/invitation-path.ts";
import { inviteMember } from "#core/invitations/invite.ts";
import { resendInvitation } from "#core/invitations/resend-invitation.ts";
import { revokeInvitation } from "#core/invitations/revoke-invitation.ts";
import { changeMemberRole } from "#core/members/change-role.ts";
import { leaveAccount } from "#core/members/leave-account.ts";
import { removeMember } from "#core/members/remove-member.ts";

const revalidate = ["/a/[account]/members"];

/** Without a mail server the link is shown once to the one who invites; it is never kept in a form's state. */
export const inviteMemberAction = action(inviteMember, {
  as: "member",
  revalidate,
  show: handoverShown,
});
export const changeMemberRoleAction = action(changeMemberRole, { as: "member", revalidate });
/** Whoever has left sees the account no more. */
export const leaveAccountAction = action(leaveAccount, { as: "member", redirectTo: () => "/" });
export const removeMemberAction = action(removeMember, { as: "member", revalidate });
export const revokeInvitationAction = action(revokeInvitation, { as: "member", revalidate });
export const resendInvitationAction = action(resendInvitation, { as: "member", revalidate, show: handoverShown });

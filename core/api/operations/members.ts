import { z } from "zod";
import { inviteMember } from "../../invitations/invite.ts";
import { resendInvitation } from "../../invitations/resend-invitation.ts";
import { revokeInvitation } from "../../invitations/revoke-invitation.ts";
import { changeMemberRole } from "../../members/change-role.ts";
import { listMembers } from "../../members/list-members.ts";
import { removeMember } from "../../members/remove-member.ts";
import { mailStates, memberRoles } from "../../rules/vocabulary.ts";
import { operation } from "../operation.ts";
import { exampleIds, instant, uuid } from "../shapes.ts";

const membersTag = "Members";

const invitedShape = z.object({
  id: uuid,
  secret: z.string().nullable(),
  sentTo: z.string().nullable(),
  expiresAt: instant,
});
const invitedExample = {
  id: exampleIds.flag,
  secret: null,
  sentTo: "jonas@example.com",
  expiresAt: "2026-12-01T09:00:00.000Z",
};

export const memberOperations = [
  operation({
    id: "members.list",
    method: "GET",
    path: "/members",
    tag: membersTag,
    summary: "Members",
    description: "With a staff key e-mail addresses are masked.",
    useCase: listMembers,
    output: z.object({ userId: uuid, name: z.string(), email: z.string(), role: z.enum(memberRoles), since: instant }),
    list: { items: (result) => result.members, key: (row: { userId: string }) => row.userId },
    example: {
      output: {
        userId: exampleIds.user,
        name: "Mara Vance",
        email: "mara@example.com",
        role: "owner",
        since: "2025-08-22T09:00:00.000Z",
      },
    },
  }),
  operation({
    id: "members.invite",
    method: "POST",
    path: "/invitations",
    tag: membersTag,
    summary: "Invite somebody",
    description:
      "The link goes to the address by mail. `secret` is null then, and `sentTo` says where it went. Without a mail server `secret` is the one-time secret of the link `/invite/{secret}`, for you to hand over; whoever takes it has not proven the address.",
    useCase: inviteMember,
    status: 201,
    output: invitedShape,
    example: { input: { email: "jonas@example.com", role: "developer" }, output: invitedExample },
  }),
  operation({
    id: "members.listInvitations",
    method: "GET",
    path: "/invitations",
    tag: membersTag,
    summary: "Open invitations",
    description: "`delivery` is the state of the mail that carries the link; null when the link was handed over.",
    useCase: listMembers,
    output: z.object({
      id: uuid,
      email: z.string().nullable(),
      role: z.enum(memberRoles),
      expiresAt: instant,
      delivery: z.object({ state: z.enum(mailStates), sentAt: instant.nullable() }).nullable(),
    }),
    list: { items: (result) => result.invitations, key: (row: { id: string }) => row.id },
    example: {
      output: {
        id: exampleIds.flag,
        email: "jonas@example.com",
        role: "developer",
        expiresAt: "2026-12-01T09:00:00.000Z",
        delivery: { state: "sent", sentAt: "2026-11-24T09:00:02.000Z" },
      },
    },
  }),
  operation({
    id: "members.resendInvitation",
    method: "POST",
    path: "/invitations/{invitationId}/resend",
    tag: membersTag,
    summary: "Send an invitation again, with a new link",
    useCase: resendInvitation,
    output: invitedShape,
    example: { output: invitedExample },
  }),
  operation({
    id: "members.revokeInvitation",
    method: "DELETE",
    path: "/invitations/{invitationId}",
    tag: membersTag,
    summary: "Take an invitation back",
    useCase: revokeInvitation,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "members.changeRole",
    method: "PUT",
    path: "/members/{userId}",
    tag: membersTag,
    summary: "Change a member's role",
    useCase: changeMemberRole,
    status: 204,
    output: null,
    example: { input: { role: "viewer" }, output: null },
  }),
  operation({
    id: "members.remove",
    method: "DELETE",
    path: "/members/{userId}",
    tag: membersTag,
    summary: "Remove a member",
    useCase: removeMember,
    status: 204,
    output: null,
    example: { output: null },
  }),
];

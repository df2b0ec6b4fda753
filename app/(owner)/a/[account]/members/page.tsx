import type { Metadata } from "next";
import { memberPageCtx } from "#app/_lib/context.ts";
import { handoverShownOnce } from "#app/_parts/handover-shown.ts";
import { InvitationState } from "#app/_parts/invitation-state.tsx";
import { InviteForm } from "#app/_parts/invite-form.tsx";
import { ResendInvitation } from "#app/_parts/resend-invitation.tsx";
import { ShownOncePanel } from "#app/_parts/shown-once-panel.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { can } from "#core/frame/permissions.ts";
import { listMembers } from "#core/members/list-members.ts";
import { hasMailServer } from "#core/runtime/env.ts";
import { listHeldTokens } from "#core/tokens/list-held-tokens.ts";
import * as words from "#words/words.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { inviteMemberAction, resendInvitationAction } from "./actions.ts";
import { ChangeRole, LeaveAccount, RemoveMember, RevokeInvitation } from "./member-buttons.tsx";

export const metadata: Metadata = { title: "Members" };

/** The role that most people get comes first. */
const roles = (["developer", "viewer", "owner"] as const).map((value) => ({
  value,
  label: `${words.memberRoles[value].label}: ${words.memberRoles[value].may}`,
}));

export default async function MembersPage({ params }: { params: Promise<{ account: string }> }) {
  const { account } = await params;
  const ctx = await memberPageCtx(account);
  const { members, invitations } = await listMembers(ctx, {});
  const handover = await handoverShownOnce(inviteMemberAction);
  const mayChange = can(ctx.actor, "members:write");
  const held = mayChange ? await listHeldTokens(ctx, {}) : [];
  const heldBy = (userId: string) => held.filter((one) => one.userId === userId);
  const ownId = ctx.actor.kind === "member" ? ctx.actor.userId : "";
  return (
    <OwnerMain page="Members">
      <PageHeader title="Members" lead="People with access to this account, and their roles." />
      {mayChange ? (
        <Panel title="Invite a member">
          <InviteForm action={inviteMemberAction} roles={roles} account={account} isMailed={hasMailServer()} />
        </Panel>
      ) : null}
      <ShownOncePanel shown={handover} back={`/a/${account}/members`} />
      <Panel flush>
        <Table label="Members">
          <TableHead>
            <TableHeader>Name</TableHeader>
            <TableHeader shownFrom="sm">E-mail</TableHeader>
            <TableHeader>Role</TableHeader>
            <TableHeader shownFrom="md">Joined</TableHeader>
            <TableHeader align="right">Change</TableHeader>
          </TableHead>
          <TableBody>
            {members.map((member) => (
              <TableRow key={member.userId}>
                <TableCell className="min-w-28 font-medium wrap-anywhere">
                  {member.name} {member.userId === ownId ? <Badge icon={false}>you</Badge> : null}
                  <span className="block break-all font-normal text-sm text-ink-3 sm:hidden">{member.email}</span>
                </TableCell>
                <TableCell shownFrom="sm" className="min-w-40 wrap-anywhere">
                  {member.email}
                </TableCell>
                <TableCell>{words.role(member.role)}</TableCell>
                <TableCell shownFrom="md">
                  <ZonedTime at={member.since.toISOString()} style="date" />
                </TableCell>
                <TableCell align="right">
                  <span className="inline-flex gap-2">
                    {mayChange ? (
                      <ChangeRole
                        account={account}
                        userId={member.userId}
                        name={member.name}
                        role={member.role}
                        tokens={heldBy(member.userId)}
                      />
                    ) : null}
                    {member.userId === ownId ? (
                      <LeaveAccount account={account} />
                    ) : mayChange ? (
                      <RemoveMember
                        account={account}
                        userId={member.userId}
                        name={member.name}
                        tokens={heldBy(member.userId)}
                      />
                    ) : null}
                  </span>
                </TableCell>
              </TableRow>
            ))}
            {invitations.map((one) => (
              <TableRow key={one.id}>
                <TableCell>
                  <Badge meaning="info">invited</Badge>
                  <span className="block break-all text-sm text-ink-3 sm:hidden">{one.email}</span>
                  <span className="mt-1 block md:hidden">
                    <InvitationState {...one} />
                  </span>
                </TableCell>
                <TableCell shownFrom="sm">{one.email}</TableCell>
                <TableCell>{words.role(one.role)}</TableCell>
                <TableCell shownFrom="md">
                  <InvitationState {...one} />
                </TableCell>
                <TableCell align="right">
                  {mayChange ? (
                    <ResendInvitation
                      action={resendInvitationAction}
                      account={account}
                      invitationId={one.id}
                      email={one.email ?? ""}
                    >
                      <RevokeInvitation account={account} invitationId={one.id} email={one.email ?? ""} />
                    </ResendInvitation>
                  ) : null}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Panel>
    </OwnerMain>
  );
}

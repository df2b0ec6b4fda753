import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { staffPageCtx } from "#app/_lib/context.ts";
import { handoverShownOnce } from "#app/_parts/handover-shown.ts";
import { InvitationState } from "#app/_parts/invitation-state.tsx";
import { InviteForm } from "#app/_parts/invite-form.tsx";
import { ResendInvitation } from "#app/_parts/resend-invitation.tsx";
import { ShownOncePanel } from "#app/_parts/shown-once-panel.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { EmailText } from "#components/ui/email-text.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { can } from "#core/frame/permissions.ts";
import { staffRoles } from "#core/rules/vocabulary.ts";
import { hasMailServer } from "#core/runtime/env.ts";
import { listStaff } from "#core/staff/list-staff.ts";
import * as words from "#words/words.ts";
import { inviteStaffAction, resendStaffInvitationAction } from "./actions.ts";
import { FindPerson } from "./find-person.tsx";
import { PersonButtons, RevokeInvitation } from "./person-buttons.tsx";

export const metadata: Metadata = { title: "Staff" };

const roles = staffRoles.map((value) => ({
  value,
  label: `${words.staffRoles[value].label}: ${words.staffRoles[value].may}`,
}));

export default async function PeoplePage() {
  const ctx = await staffPageCtx();
  if (!can(ctx.actor, "staff:read")) notFound();
  const { staff, invitations } = await listStaff(ctx, {});
  const handover = await handoverShownOnce(inviteStaffAction);
  const mayWrite = can(ctx.actor, "staff:write");
  const mayRead = can(ctx.actor, "people:read");
  return (
    <ShellMain crumbs={[{ label: "Staff" }]}>
      <PageHeader title="Staff" lead="People who work at this desk, and their roles." />
      {mayWrite ? (
        <Panel title="Invite a colleague">
          <InviteForm action={inviteStaffAction} roles={roles} isMailed={hasMailServer()} />
        </Panel>
      ) : null}
      <ShownOncePanel shown={handover} back="/staff/people" />
      {mayRead ? (
        <Panel title="Block a person, end their sessions, or help them in">
          <FindPerson />
        </Panel>
      ) : null}
      <Panel flush>
        <Table label="Staff">
          <TableHead>
            <TableHeader>Name</TableHeader>
            <TableHeader shownFrom="sm">E-mail</TableHeader>
            <TableHeader>Role</TableHeader>
            <TableHeader shownFrom="sm">Since</TableHeader>
            <TableHeader>
              <span className="sr-only">Change</span>
            </TableHeader>
          </TableHead>
          <TableBody>
            {staff.map((person) => (
              <TableRow key={person.userId}>
                <TableCell>
                  {mayRead ? (
                    <TextLink kind="name" href={`/staff/people/${person.userId}`}>
                      {person.name}
                    </TextLink>
                  ) : (
                    <span className="font-medium">{person.name}</span>
                  )}{" "}
                  {person.blockedAt ? <Badge meaning="danger">blocked</Badge> : null}{" "}
                  {person.emailVerifiedAt === null ? <Badge meaning="warning">address not proven</Badge> : null}
                  <span className="block text-sm text-ink-2 sm:hidden">
                    <EmailText address={person.email} />
                  </span>
                </TableCell>
                <TableCell shownFrom="sm">{person.email}</TableCell>
                <TableCell>{words.role(person.role)}</TableCell>
                <TableCell shownFrom="sm">
                  <ZonedTime at={person.since.toISOString()} style="date" />
                </TableCell>
                <TableCell align="right">{mayWrite ? <PersonButtons {...person} /> : null}</TableCell>
              </TableRow>
            ))}
            {invitations.map((one) => (
              <TableRow key={one.id}>
                <TableCell>
                  <Badge meaning="info">invited</Badge>
                  <span className="block text-sm text-ink-2 sm:hidden">
                    <EmailText address={one.email ?? ""} />
                  </span>
                  <span className="mt-1 block sm:hidden">
                    <InvitationState {...one} />
                  </span>
                </TableCell>
                <TableCell shownFrom="sm">{one.email}</TableCell>
                <TableCell>{words.role(one.role)}</TableCell>
                <TableCell shownFrom="sm">
                  <InvitationState {...one} />
                </TableCell>
                <TableCell align="right">
                  {mayWrite ? (
                    <ResendInvitation
                      action={resendStaffInvitationAction}
                      invitationId={one.id}
                      email={one.email ?? ""}
                    >
                      <RevokeInvitation invitationId={one.id} email={one.email ?? ""} />
                    </ResendInvitation>
                  ) : null}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Panel>
    </ShellMain>
  );
}

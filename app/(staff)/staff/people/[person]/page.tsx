import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { staffPageCtx } from "#app/_lib/context.ts";
import { foundOr404 } from "#app/_lib/found.ts";
import { Badge } from "#components/ui/badge.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { can } from "#core/frame/permissions.ts";
import { getPerson } from "#core/staff/get-person.ts";
import * as words from "#words/words.ts";
import { PersonActs, SecondStepActs } from "./person-acts.tsx";

export const metadata: Metadata = { title: "Person" };

export default async function PersonPage({ params }: { params: Promise<{ person: string }> }) {
  const ctx = await staffPageCtx();
  if (!can(ctx.actor, "people:read")) notFound();
  const { person: userId } = await params;
  const person = await foundOr404(() => getPerson.fromUnknown(ctx, { userId }));
  const ownId = ctx.actor.kind === "staff" ? ctx.actor.userId : "";
  return (
    <ShellMain crumbs={[{ label: "Staff", href: "/staff/people" }, { label: person.name }]}>
      <PageHeader
        title={person.name}
        lead={`${person.email} · ${person.staffRole ? `${words.role(person.staffRole)} on the staff` : "not on the staff"}`}
        actions={userId === ownId ? null : <PersonActs person={person} />}
      />
      <Panel title="Sign-in">
        <DefinitionList
          layout="text"
          items={[
            {
              term: "State",
              value: person.blockedAt ? (
                <>
                  <Badge meaning="danger">blocked</Badge> since{" "}
                  <ZonedTime at={person.blockedAt.toISOString()} style="long" /> by{" "}
                  {person.blockedByName ?? "the operator"}: {person.blockedReason}
                </>
              ) : (
                "can sign in"
              ),
            },
            {
              term: "E-mail address",
              value: person.emailVerifiedAt ? (
                <>
                  proven <ZonedTime at={person.emailVerifiedAt.toISOString()} style="long" />
                </>
              ) : (
                <Badge meaning="warning">not proven</Badge>
              ),
            },
            {
              term: "Second step",
              value: (
                <span className="flex flex-col items-start gap-2">
                  <span>
                    {person.secondStepSince ? (
                      <>
                        App since <ZonedTime at={person.secondStepSince.toISOString()} style="long" />
                      </>
                    ) : person.passkeys.length > 0 ? null : (
                      "none"
                    )}
                  </span>
                  {person.passkeys.map((one) => (
                    <span key={one.createdAt.toISOString()}>
                      Passkey “{one.name}” since <ZonedTime at={one.createdAt.toISOString()} style="long" />
                    </span>
                  ))}
                  {person.removal ? (
                    <span>
                      {person.removal.proposedByName} proposed its removal{" "}
                      <RelativeTime at={person.removal.proposedAt.toISOString()} />: {person.removal.reason}
                    </span>
                  ) : null}
                  <SecondStepActs person={person} ownId={ownId} />
                </span>
              ),
            },
            { term: "Live API keys", value: String(person.liveKeys) },
          ]}
        />
      </Panel>
      <Panel title="Sessions" aside={`${person.sessions.length}`} flush>
        {person.sessions.length === 0 ? (
          <p className="px-4 pb-4 text-ink-2">Not signed in anywhere.</p>
        ) : (
          <Table label="Sessions">
            <TableHead>
              <TableHeader>Signed in</TableHeader>
              <TableHeader shownFrom="md">By</TableHeader>
              <TableHeader shownFrom="sm">Last used</TableHeader>
              <TableHeader>Network</TableHeader>
              <TableHeader shownFrom="md">Browser</TableHeader>
            </TableHead>
            <TableBody>
              {person.sessions.map((one) => (
                <TableRow key={one.id}>
                  <TableCell className="whitespace-nowrap">
                    <RelativeTime at={one.createdAt.toISOString()} />
                  </TableCell>
                  <TableCell shownFrom="md">{words.sessionWays[one.way]}</TableCell>
                  <TableCell shownFrom="sm" className="whitespace-nowrap">
                    <RelativeTime at={(one.lastSeenAt ?? one.createdAt).toISOString()} />
                  </TableCell>
                  <TableCell className="font-mono">{one.network ?? "unknown"}</TableCell>
                  <TableCell shownFrom="md" className="wrap-anywhere">
                    {one.userAgent ?? "unknown"}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Panel>
      <Panel title="Accounts" aside={`${person.accounts.length}`} flush>
        {person.accounts.length === 0 ? (
          <p className="px-4 pb-4 text-ink-2">A member of no account.</p>
        ) : (
          <Table label="Accounts">
            <TableHead>
              <TableHeader>Account</TableHeader>
              <TableHeader>Role</TableHeader>
            </TableHead>
            <TableBody>
              {person.accounts.map((one) => (
                <TableRow key={one.accountId}>
                  <TableCell>
                    <TextLink kind="name" href={`/staff/accounts/${one.accountId}`}>
                      {one.name}
                    </TextLink>
                  </TableCell>
                  <TableCell>{words.role(one.role)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Panel>
    </ShellMain>
  );
}

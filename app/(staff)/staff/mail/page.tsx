import { MailCheck } from "lucide-react";
import type { Metadata } from "next";
import { staffPageCtx } from "#app/_lib/context.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { env } from "#core/env.ts";
import { listUndeliveredMail } from "#core/mail/list-undelivered-mail.ts";

export const metadata: Metadata = { title: "Mail" };

export default async function MailPage() {
  const ctx = await staffPageCtx();
  const messages = await listUndeliveredMail(ctx, {});
  return (
    <ShellMain crumbs={[{ label: "Mail" }]}>
      <PageHeader title="Mail" lead="Messages that did not arrive. Their texts are for their recipients alone." />
      {env().SMTP_URL ? null : (
        <Banner meaning="warning" title="No mail server is configured.">
          Messages are kept, and people see theirs after signing in. Set SMTP_URL and MAIL_FROM to send them.
        </Banner>
      )}
      <Panel flush>
        {messages.length === 0 ? (
          <EmptyState icon={<MailCheck />} title="Everything has arrived">
            A message that a mail server refuses, or that is given up after four hours, is listed here with the reason.
          </EmptyState>
        ) : (
          <Table label="Undelivered messages">
            <TableHead>
              <TableHeader>When</TableHeader>
              <TableHeader>To</TableHeader>
              <TableHeader shownFrom="sm">Subject</TableHeader>
              <TableHeader>State</TableHeader>
              <TableHeader shownFrom="md">Reason</TableHeader>
            </TableHead>
            <TableBody>
              {messages.map((one) => (
                <TableRow key={one.id}>
                  <TableCell className="whitespace-nowrap">
                    <ZonedTime at={one.createdAt.toISOString()} />
                  </TableCell>
                  <TableCell className="break-all">{one.toAddress}</TableCell>
                  <TableCell shownFrom="sm">{one.subject}</TableCell>
                  <TableCell>
                    <Badge meaning={one.state === "failed" ? "danger" : "neutral"}>
                      {one.state === "failed" ? "not delivered" : "kept"}
                    </Badge>
                  </TableCell>
                  <TableCell shownFrom="md" className="max-w-md break-words text-sm text-ink-2">
                    {one.lastError}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Panel>
    </ShellMain>
  );
}

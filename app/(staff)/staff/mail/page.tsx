import { MailCheck } from "lucide-react";
import type { Metadata } from "next";
import { staffPageCtx } from "#app/_lib/context.ts";
import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { UnmaskButton } from "#app/_parts/unmask-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { listUndeliveredMail } from "#core/mail/list-undelivered-mail.ts";
import { env } from "#core/runtime/env.ts";
import { getMyCaseMail } from "#core/staff/my-case-mail.ts";
import { unmaskAction } from "../reports/actions.ts";
import { CaseMail } from "./case-mail.tsx";
import { ResendFailed, ResendMail } from "./resend-buttons.tsx";

export const metadata: Metadata = { title: "Mail" };

export default async function MailPage() {
  const ctx = await staffPageCtx();
  const { mailsCases } = await getMyCaseMail(ctx, {});
  const messages = await listUndeliveredMail(ctx, {});
  const canSend = env().SMTP_URL !== undefined;
  const failed = messages.filter((one) => one.state === "failed" && !one.isOver).length;
  return (
    <ShellMain crumbs={[{ label: "Mail" }]}>
      <KeepFresh seconds={5} />
      <PageHeader
        title="Mail"
        lead="Undelivered messages. Only their recipients can read them."
        actions={canSend && failed > 0 ? <ResendFailed failed={failed} /> : null}
      />
      {canSend ? null : (
        <Banner meaning="warning" title="No mail server is configured.">
          Messages are kept, and people see their own after signing in. Set SMTP_URL and MAIL_FROM to send mail.
        </Banner>
      )}
      <Panel title="Your mail">
        <CaseMail mailsCases={mailsCases} />
      </Panel>
      <Panel title="Undelivered" flush>
        {messages.length === 0 ? (
          <EmptyState icon={<MailCheck />} title="No undelivered mail">
            Messages that a mail server refuses, or that fail for four hours, appear here with the reason.
          </EmptyState>
        ) : (
          <Table label="Undelivered messages">
            <TableHead>
              <TableHeader>When</TableHeader>
              <TableHeader>To</TableHeader>
              <TableHeader shownFrom="sm">Subject</TableHeader>
              <TableHeader>State</TableHeader>
              <TableHeader shownFrom="md">Reason</TableHeader>
              <TableHeader>
                <span className="sr-only">Resend</span>
              </TableHeader>
            </TableHead>
            <TableBody>
              {messages.map((one) => (
                <TableRow key={one.id}>
                  <TableCell className="whitespace-nowrap">
                    <ZonedTime at={one.createdAt.toISOString()} />
                  </TableCell>
                  <TableCell>
                    <span className="block lg:min-w-56">
                      <UnmaskButton
                        action={unmaskAction}
                        what="mail_address"
                        subjectId={one.id}
                        masked={one.toAddress}
                      />
                    </span>
                    <span className="block text-sm text-ink-2 sm:hidden">{one.subject}</span>
                  </TableCell>
                  <TableCell shownFrom="sm">{one.subject}</TableCell>
                  <TableCell>
                    <Delivery state={one.state} attempts={one.attempts} />
                  </TableCell>
                  <TableCell shownFrom="md" className="max-w-md break-words text-sm text-ink-2">
                    {one.lastError}
                  </TableCell>
                  <TableCell align="right">
                    {one.state === "waiting" || !canSend ? null : one.isOver ? (
                      <span className="text-sm text-ink-3">its link has expired</span>
                    ) : (
                      <ResendMail mailId={one.id} to={one.toAddress} />
                    )}
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

function Delivery({ state, attempts }: { state: string; attempts: number }) {
  if (state === "failed") return <Badge meaning="danger">not delivered</Badge>;
  if (state === "waiting")
    return <Badge meaning="warning">{`being sent${attempts > 1 ? `, ${attempts} attempts so far` : ""}`}</Badge>;
  return <Badge>kept</Badge>;
}

import { MailX } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { RefusedMail } from "#core/reports/list-refused-mail.ts";
import * as deskWords from "#words/desk.ts";
import * as format from "#words/format.ts";

/** Messages to the report mailbox that became no report, with the reason. */
export function RefusedMailPanel({ refused }: { refused: readonly RefusedMail[] }) {
  if (refused.length === 0) {
    return (
      <Panel>
        <EmptyState icon={<MailX />} title="Every message was taken">
          A message to the report mailbox that cannot be read, or must not be, appears here with the reason.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title="Not taken"
      aside="newest first, 100 at most"
      flush
      footer="A message read by IMAP is still in the mailbox, flagged; take the flag off to have it tried again."
    >
      <Table label="Messages that became no report">
        <TableHead>
          <TableHeader>Received</TableHeader>
          <TableHeader>From</TableHeader>
          <TableHeader>Subject</TableHeader>
          <TableHeader align="right">Size</TableHeader>
          <TableHeader>Why</TableHeader>
        </TableHead>
        <TableBody>
          {refused.map((one) => (
            <TableRow key={one.id}>
              <TableCell>
                <ZonedTime at={one.receivedAt.toISOString()} />
              </TableCell>
              <TableCell className="wrap-anywhere">{one.maskedSender ?? "not read"}</TableCell>
              <TableCell className="wrap-anywhere">{one.subject ?? "not read"}</TableCell>
              <TableCell align="right">{format.count(Math.ceil(one.sizeBytes / 1024))} KB</TableCell>
              <TableCell>{one.refusal ? deskWords.intakeRefusals[one.refusal] : ""}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}

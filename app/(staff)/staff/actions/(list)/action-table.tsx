import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { StaffAction } from "#core/enforcement/list-actions.ts";
import * as words from "#words/words.ts";
import { ActionState } from "../../_action/action-items.tsx";

/** Actions in rows: what, against whom, why, by whom, since when and until when. Each opens its own page. */
export function ActionTable({ rows }: { rows: readonly StaffAction[] }) {
  return (
    <Table label="Actions">
      <TableHead>
        <TableHeader>Action</TableHeader>
        <TableHeader shownFrom="sm">Account</TableHeader>
        <TableHeader shownFrom="md">Reason</TableHeader>
        <TableHeader>State</TableHeader>
        <TableHeader shownFrom="lg">By</TableHeader>
        <TableHeader shownFrom="sm">Since</TableHeader>
        <TableHeader shownFrom="md">Ends</TableHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell className="wrap-anywhere">
              <TextLink kind="name" href={`/staff/actions/${row.id}`}>
                <span className="inline-block first-letter:uppercase">{words.action(row)}</span>
              </TextLink>
              <span className="block sm:hidden">
                <TextLink href={`/staff/accounts/${row.accountId}`}>{row.accountName}</TextLink>
              </span>
              <span className="block text-sm text-ink-2 md:hidden">{words.reasons[row.reasonCode].title}</span>
            </TableCell>
            <TableCell shownFrom="sm">
              <TextLink href={`/staff/accounts/${row.accountId}`}>{row.accountName}</TextLink>
              {row.caseId ? (
                <span className="block text-sm">
                  <TextLink href={`/staff/cases/${row.caseId}`}>Case</TextLink>
                </span>
              ) : null}
            </TableCell>
            <TableCell shownFrom="md">{words.reasons[row.reasonCode].title}</TableCell>
            <TableCell>
              <ActionState action={row} />
              {row.isSilent && row.noticeDueAt ? <span className="block text-sm text-warning">silent</span> : null}
            </TableCell>
            <TableCell shownFrom="lg">
              {row.authorName}
              {row.approverName ? <span className="block text-sm text-ink-3">and {row.approverName}</span> : null}
            </TableCell>
            <TableCell shownFrom="sm" className="whitespace-nowrap tabular-nums">
              <ZonedTime at={(row.appliedAt ?? row.createdAt).toISOString()} />
            </TableCell>
            <TableCell shownFrom="md" className="whitespace-nowrap tabular-nums">
              <End row={row} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function End({ row }: { row: StaffAction }) {
  if (row.state === "cancelled") return "never in force";
  const at = row.endedAt ?? row.lapsesAt ?? row.endsAt;
  if (at === null) return row.type === "notice" ? null : "for good";
  return (
    <>
      <ZonedTime at={at.toISOString()} />
      {row.endedAt && row.endedByName ? <span className="block text-sm text-ink-3">by {row.endedByName}</span> : null}
      {row.endedAt === null && row.lapsesAt ? (
        <span className="block text-sm text-warning">unless confirmed</span>
      ) : null}
    </>
  );
}

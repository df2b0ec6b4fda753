import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { listViews } from "#core/personal-data/list-views.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";

type Row = Awaited<ReturnType<typeof listViews>>["views"][number];

/** Who looked at whose data, when, and why where a reason was needed. */
export function ViewTable({ rows }: { rows: readonly Row[] }) {
  return (
    <Table label="Views">
      <TableHead>
        <TableHeader>When</TableHeader>
        <TableHeader>Who</TableHeader>
        <TableHeader>What</TableHeader>
        <TableHeader>Account</TableHeader>
        <TableHeader shownFrom="md">Why</TableHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell className="whitespace-nowrap tabular-nums">
              <ZonedTime at={row.at.toISOString()} />
            </TableCell>
            <TableCell>
              {row.userName} <span className="text-ink-3">{words.role(row.role)}</span>
            </TableCell>
            <TableCell>{deskWords.view(row.what)}</TableCell>
            <TableCell>
              {row.accountId ? (
                <TextLink href={`/staff/accounts/${row.accountId}`}>{row.accountName ?? "an account"}</TextLink>
              ) : (
                "–"
              )}
            </TableCell>
            <TableCell shownFrom="md" className="text-ink-2">
              {row.reason ?? ""}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

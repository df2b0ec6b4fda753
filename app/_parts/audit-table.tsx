import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { listAudit } from "#core/audit/list-audit.ts";

type Row = Pick<
  Awaited<ReturnType<typeof listAudit>>["events"][number],
  "id" | "at" | "actorName" | "actorKind" | "action" | "data"
>;

/** Audit events, newest first: when, who, what, on what, with the facts of the change. */
export function AuditTable({ rows }: { rows: readonly Row[] }) {
  return (
    <Table label="Audit events">
      <TableHead>
        <TableHeader>When</TableHeader>
        <TableHeader>Who</TableHeader>
        <TableHeader>What</TableHeader>
        <TableHeader shownFrom="md">Facts</TableHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell className="whitespace-nowrap tabular-nums">
              <ZonedTime at={row.at.toISOString()} />
            </TableCell>
            <TableCell>
              {row.actorName} <span className="text-ink-3">{row.actorKind}</span>
            </TableCell>
            <TableCell className="font-mono">{row.action}</TableCell>
            <TableCell shownFrom="md" className="max-w-xl break-words text-ink-2">
              {factsOf(row.data)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function factsOf(data: Record<string, unknown>): string {
  return Object.entries(data)
    .filter(([key, value]) => key !== "caseEvents" && value !== null && value !== "")
    .map(([key, value]) => `${key}: ${Array.isArray(value) ? value.join(", ") : String(value)}`)
    .join(" · ");
}

import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { listAudit } from "#core/audit/list-audit.ts";
import { theProvider } from "#core/rules/people/mask.ts";
import { actLabel } from "#words/acts.ts";
import * as words from "#words/words.ts";
import { auditFacts } from "./audit-facts.ts";

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
        <TableHeader shownFrom="sm">Who</TableHeader>
        <TableHeader className="md:min-w-44">What</TableHeader>
        <TableHeader shownFrom="md">Facts</TableHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell className="whitespace-nowrap align-top tabular-nums sm:align-middle">
              <ZonedTime at={row.at.toISOString()} style="long" />
            </TableCell>
            <TableCell shownFrom="sm">
              <Who row={row} />
            </TableCell>
            <TableCell className="wrap-anywhere">
              {actLabel(row.action)} <code className="block text-ink-3 text-xs">{row.action}</code>
              <span className="block sm:hidden">
                <Who row={row} />
              </span>
              <span className="block text-sm text-ink-2 md:hidden">{auditFacts(row.data)}</span>
            </TableCell>
            <TableCell shownFrom="md" className="max-w-xl break-words text-ink-2">
              {auditFacts(row.data)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** A name and what kind of actor it is, where the name does not say it. */
function Who({ row: { actorName, actorKind } }: { row: Row }) {
  if (actorName.toLowerCase() === actorKind || actorName === theProvider) return actorName;
  return (
    <>
      {actorName} <span className="text-ink-3">{words.actorKinds[actorKind]}</span>
    </>
  );
}

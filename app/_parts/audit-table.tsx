import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { listAudit } from "#core/audit/list-audit.ts";
import { theProvider } from "#core/rules/people/mask.ts";
import { actLabel } from "#words/acts.ts";
import * as words from "#words/words.ts";
import { auditFacts } from "./audit-facts.ts";

type Event = Awaited<ReturnType<typeof listAudit>>["events"][number];
/** An event with what it is about; the history of one subject leaves that out. */
export type AuditRow = Pick<Event, "id" | "at" | "actorName" | "actorKind" | "ip" | "action" | "data"> &
  Partial<Pick<Event, "accountId" | "accountName" | "subjectKind" | "subjectId" | "subjectName">>;

type AuditTableProps = {
  rows: readonly AuditRow[];
  /** The page of what an event is about; null = it has none. */
  subjectHref?: (row: AuditRow) => string | null;
  /** The page of the account; where rows of several accounts stand in one table. */
  accountHref?: (accountId: string) => string;
};

/** Audit events, newest first: when, who, from where, what, on what, with the facts of the change. */
export function AuditTable({ rows, subjectHref, accountHref }: AuditTableProps) {
  return (
    <Table label="Audit events">
      <TableHead>
        <TableHeader>When</TableHeader>
        <TableHeader shownFrom="sm">Who</TableHeader>
        {accountHref ? <TableHeader shownFrom="sm">Account</TableHeader> : null}
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
            {accountHref ? (
              <TableCell shownFrom="sm">
                <AccountOf row={row} href={accountHref} />
              </TableCell>
            ) : null}
            <TableCell className="wrap-anywhere">
              {actLabel(row.action)} <Subject row={row} href={subjectHref?.(row) ?? null} />
              <code className="block text-ink-3 text-xs">{row.action}</code>
              <span className="block sm:hidden">
                <Who row={row} />
                {accountHref && row.accountId ? (
                  <>
                    {" · "}
                    <AccountOf row={row} href={accountHref} />
                  </>
                ) : null}
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

/** A name, what kind of actor it is where the name does not say it, and the address it acted from. */
function Who({ row: { actorName, actorKind, ip } }: { row: AuditRow }) {
  const saysKind = actorName.toLowerCase() === actorKind || actorName === theProvider;
  return (
    <>
      {actorName} {saysKind ? null : <span className="text-ink-3">{words.actorKinds[actorKind]}</span>}
      {ip ? <span className="block text-ink-3 text-xs">{ip}</span> : null}
    </>
  );
}

function AccountOf({ row, href }: { row: AuditRow; href: (accountId: string) => string }) {
  if (!row.accountId) return null;
  return <TextLink href={href(row.accountId)}>{row.accountName ?? row.accountId}</TextLink>;
}

/** What it happened to, by the name it has today; of the account itself the account is name enough. */
function Subject({ row, href }: { row: AuditRow; href: string | null }) {
  const name = row.subjectKind === "account" ? null : (row.subjectName ?? null);
  if (href) return <TextLink href={href}>{name ?? "Open"}</TextLink>;
  return name ? <span className="font-medium">{name}</span> : null;
}

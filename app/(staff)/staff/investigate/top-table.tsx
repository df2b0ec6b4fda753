import { Download } from "lucide-react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Count } from "#components/ui/number.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { investigate } from "#core/investigate/investigate.ts";
import { beyondKey, type Dimension } from "#core/investigate/read-traffic.ts";
import * as deskWords from "#words/desk.ts";
import { SelectShown } from "../_action/select-shown.tsx";
import { nameOf } from "./name-of.ts";
import { hrefOf, narrowedTo, queryOf, type View } from "./view-params.ts";

type Row = Awaited<ReturnType<typeof investigate>>["tops"][Dimension][number];
type TopTableProps = {
  by: Dimension;
  rows: readonly Row[];
  view: View;
  /** Calls are missing that are counted together: what is shown is the least that it can be. */
  isAtLeast?: boolean;
  footer?: string;
};

/** The first rows of one dimension. Its names narrow the view; accounts can be ticked, for one act on several. */
export function TopTable({ by, rows, view, isAtLeast = false, footer }: TopTableProps) {
  const { title, one } = deskWords.dimensions[by];
  const query = queryOf(view);
  return (
    <Panel
      title={title}
      flush
      aside={
        rows.length === 0 ? null : (
          <TextLink
            kind="bare"
            href={`/staff/investigate/csv?${query}${query === "" ? "" : "&"}by=${by}`}
            prefetch={false}
            aria-label={`${title} as CSV`}
            className="inline-flex items-center gap-1"
          >
            <Download aria-hidden className="size-3.5" />
            CSV
          </TextLink>
        )
      }
      footer={footer}
    >
      {rows.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">Nothing was recorded.</p>
      ) : (
        <Table label={title}>
          <TableHead>
            {by === "account" ? (
              <TableHeader className="w-8">
                <SelectShown hideLabel />
              </TableHeader>
            ) : null}
            <TableHeader>{one}</TableHeader>
            <TableHeader align="right">Requests</TableHeader>
            <TableHeader align="right">Refused</TableHeader>
            {by === "account" ? null : <TableHeader align="right">Accounts</TableHeader>}
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TopRow key={row.key} row={row} view={view} isAtLeast={isAtLeast && row.key !== beyondKey} />
            ))}
          </TableBody>
        </Table>
      )}
    </Panel>
  );
}

function TopRow({ row, view, isAtLeast }: { row: Row; view: View; isAtLeast: boolean }) {
  const name = nameOf(row);
  const narrowed = narrowedTo(view, row.by, row.key);
  return (
    <TableRow>
      {row.by === "account" ? (
        <TableCell>
          {row.accountId ? <Checkbox name="account" value={row.accountId} label={`Select ${name}`} hideLabel /> : null}
        </TableCell>
      ) : null}
      <TableCell className={row.by === "network" || row.by === "client" ? "break-all font-mono" : "break-words"}>
        {narrowed && hrefOf(narrowed) !== hrefOf(view) ? (
          <TextLink kind="name" href={hrefOf(narrowed)} prefetch={false} title="Narrow the view to this">
            {name}
          </TextLink>
        ) : (
          name
        )}
        {row.by === "token" && row.accountName ? (
          <span className="block text-sm text-ink-3">{row.accountName}</span>
        ) : null}
        {row.by === "account" && row.accountId ? (
          <TextLink
            kind="bare"
            href={`/staff/accounts/${row.accountId}`}
            prefetch={false}
            aria-label={`Open ${name}`}
            className="ml-2 text-sm"
          >
            Open
          </TextLink>
        ) : null}
      </TableCell>
      <Figure value={row.requests} isAtLeast={isAtLeast} />
      <Figure value={row.refused} isAtLeast={isAtLeast} />
      {row.by === "account" ? null : <Figure value={row.accounts} isAtLeast={isAtLeast} />}
    </TableRow>
  );
}

function Figure({ value, isAtLeast }: { value: number; isAtLeast: boolean }) {
  return (
    <TableCell align="right" className="whitespace-nowrap">
      {isAtLeast ? <span className="text-ink-3">at least </span> : null}
      <Count value={value} exact />
    </TableCell>
  );
}

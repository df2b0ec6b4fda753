import { Badge } from "#components/ui/badge.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { ExportRow } from "#core/exports/list-exports.ts";
import * as format from "#words/format.ts";

/** Archives with how far each is. */
export function ExportList({ account, rows }: { account: string; rows: readonly ExportRow[] }) {
  if (rows.length === 0) {
    return (
      <p className="px-4 pb-3 text-ink-2">
        An archive holds everything kept about this account: tokens without their secrets, usage, refusals, members and
        the audit log. It is ready in a minute or two and kept for 7 days.
      </p>
    );
  }
  return (
    <ul aria-label="Archives" className="flex flex-col">
      {rows.map((row) => (
        <li
          key={row.id}
          className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t px-4 py-3 first:border-0"
        >
          <span>
            <ZonedTime at={row.createdAt} style="long" />{" "}
            <span className="text-ink-3">by {row.requestedBy ?? "Gatehouse"}</span>
          </span>
          <span className="ml-auto flex flex-wrap items-center gap-3">
            <State account={account} row={row} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function State({ account, row }: { account: string; row: ExportRow }) {
  switch (row.state) {
    case "waiting":
      return <Badge icon={false}>waiting</Badge>;
    case "running":
      return (
        <>
          <span className="text-ink-2 tabular-nums">
            {row.filesDone} of {row.filesTotal} files, {format.count(row.rows)} rows
          </span>
          <span className="w-32">
            <Meter label="Archive progress" value={row.filesDone} limit={Math.max(1, row.filesTotal)} />
          </span>
        </>
      );
    case "done":
      return (
        <>
          <span className="text-ink-2">
            {format.count(row.rows)} rows, {format.compact(row.bytes)}B, until{" "}
            {row.expiresAt ? <RelativeTime at={row.expiresAt} /> : "removed"}
          </span>
          {/* A file and not a page: the router must not try to open it. */}
          <a href={`/a/${account}/settings/export/${row.id}`} className={buttonClass({ size: "sm" })}>
            Download
          </a>
        </>
      );
    case "failed":
      return <Badge meaning="danger">failed: create a new one</Badge>;
    case "removed":
      return <Badge icon={false}>removed after 7 days</Badge>;
  }
}

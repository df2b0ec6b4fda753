"use client"; // Cells of the table, which sorts in the browser.

import { TokenStateBadge } from "#app/_parts/token-state-badge.tsx";
import { Sparkline } from "#components/charts/sparkline.tsx";
import { Badge } from "#components/ui/badge.tsx";
import type { DataColumn } from "#components/ui/data-table.tsx";
import { Count } from "#components/ui/number.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import * as format from "#words/format.ts";
import { TokenMenu } from "./token-menu.tsx";
import type { ShownToken } from "./token-row.ts";

const order = ["active", "paused", "expired", "revoked"];
const soonMs = 7 * 86_400_000;

export const tokenColumns: readonly DataColumn<ShownToken>[] = [
  { id: "name", header: "Token", cell: (row) => <Name row={row} />, sortBy: (row) => row.name },
  {
    id: "state",
    header: "State",
    cell: (row) => (
      <span className="inline-flex flex-wrap gap-1">
        <TokenStateBadge token={row} />
        {row.rotatingUntil && row.state !== "revoked" ? <Badge meaning="info">rotating</Badge> : null}
      </span>
    ),
    sortBy: (row) => order.indexOf(row.state),
  },
  { id: "scopes", header: "Scopes", cell: (row) => <Scopes row={row} />, shownFrom: "lg" },
  {
    id: "used",
    header: "Last used",
    cell: (row) => <LastUse row={row} />,
    sortBy: (row) => row.lastUsedAt,
    descendingFirst: true,
    shownFrom: "sm",
  },
  {
    id: "hours",
    header: "Last 24 h",
    cell: (row) => <Sparkline label={`Requests of ${row.name} per hour`} values={row.hours} width={72} />,
    shownFrom: "md",
  },
  {
    id: "requests",
    header: "Today",
    cell: (row) => <Count value={row.today.requests} />,
    sortBy: (row) => row.today.requests,
    descendingFirst: true,
    align: "right",
    shownFrom: "sm",
  },
  {
    id: "refused",
    header: "Refused",
    cell: (row) => (
      <span className={row.today.refused > 0 ? "text-danger" : ""}>
        <Count value={row.today.refused} />
      </span>
    ),
    sortBy: (row) => row.today.refused,
    descendingFirst: true,
    align: "right",
    shownFrom: "sm",
  },
  {
    id: "expires",
    header: "Expires",
    cell: (row) => <Expires row={row} />,
    sortBy: (row) => row.expiresAt,
    shownFrom: "md",
  },
  {
    id: "acts",
    header: <span className="sr-only">Actions</span>,
    cell: (row) => <TokenMenu row={row} />,
    align: "right",
  },
];

function Name({ row }: { row: ShownToken }) {
  const narrowed = [
    row.integrationName ?? "",
    row.allowedNetworks.length > 0
      ? row.allowedNetworks.length === 1
        ? "1 network"
        : `${row.allowedNetworks.length} networks`
      : "",
    row.capPerDay ? `${format.count(row.capPerDay)} per day` : "",
    row.capPerMinute ? `${format.count(row.capPerMinute)} per minute` : "",
  ].filter((text) => text !== "");
  return (
    <div className="max-w-32 min-w-0 sm:max-w-56">
      <TextLink kind="name" href={`/a/${row.account}/tokens/${row.id}`} className="block truncate">
        {row.name}
      </TextLink>
      <span className="block truncate text-sm text-ink-3">
        <span className="font-mono">{row.preview}</span>
        {narrowed.length > 0 ? (
          <span title={row.allowedNetworks.join("\n") || undefined}> · {narrowed.join(" · ")}</span>
        ) : null}
      </span>
    </div>
  );
}

function Scopes({ row }: { row: ShownToken }) {
  const { scopes } = row;
  if (scopes.length === 0) return <span className="text-ink-3">none</span>;
  if (scopes.length === row.scopesKnown) return <>full access</>;
  const [first, ...more] = scopes;
  return (
    <span title={scopes.join("\n")} className="whitespace-nowrap">
      <span className="font-mono">{first}</span>
      {more.length > 0 ? <span className="text-ink-3"> +{more.length}</span> : null}
    </span>
  );
}

function LastUse({ row }: { row: ShownToken }) {
  if (!row.lastUsedAt) return <span className="text-ink-3">never</span>;
  const from = [row.lastUsedIp, row.lastUsedEndpoint, row.lastUsedClient].filter((text) => text !== null);
  return (
    <div className="max-w-56 min-w-0">
      <RelativeTime at={row.lastUsedAt} className="block whitespace-nowrap" />
      <span className="block truncate text-sm text-ink-3" title={from.join("\n")}>
        {from.join(" · ")}
      </span>
    </div>
  );
}

function Expires({ row }: { row: ShownToken }) {
  if (row.state === "revoked") {
    return <span className="block max-w-40 truncate text-sm text-ink-3">{row.revokedReason}</span>;
  }
  if (!row.expiresAt) return <span className="text-ink-3">never</span>;
  const isSoon = row.state !== "expired" && row.expiresAt.getTime() - Date.now() < soonMs;
  const text = <RelativeTime at={row.expiresAt} className="whitespace-nowrap" />;
  return isSoon ? <Badge meaning="warning">{text}</Badge> : text;
}

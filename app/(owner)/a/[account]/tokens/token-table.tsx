"use client"; // Sorts and selects in the browser.

import { KeyRound } from "lucide-react";
import { Sparkline } from "#components/charts/sparkline.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { type DataColumn, DataTable } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { Meaning } from "#components/ui/meaning.tsx";
import { Count } from "#components/ui/number.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { TokenState } from "#core/rules/token-state.ts";
import type { TokenRow } from "#core/tokens/list-tokens.ts";
import { BulkTokens } from "./bulk-tokens.tsx";
import { TokenMenu } from "./token-menu.tsx";

const meanings: Record<TokenState, Meaning> = {
  active: "good",
  paused: "warning",
  expired: "neutral",
  revoked: "neutral",
};

const facts: readonly DataColumn<TokenRow>[] = [
  {
    id: "name",
    header: "Name",
    sortBy: (token) => token.name,
    cell: (token) => (
      <>
        <span className="font-medium">{token.name}</span>
        <span className="block font-mono text-ink-3">{token.preview}</span>
      </>
    ),
  },
  {
    id: "state",
    header: "State",
    sortBy: (token) => token.state,
    cell: (token) => (
      <>
        <Badge meaning={meanings[token.state]}>{token.state}</Badge>
        {token.revokedReason ? <span className="block text-sm text-ink-3">{token.revokedReason}</span> : null}
      </>
    ),
  },
  {
    id: "scopes",
    header: "Scopes",
    shownFrom: "lg",
    cell: (token) => (
      <span className="text-ink-2" title={token.scopes.join("\n")}>
        {token.scopes.length === 0
          ? "none"
          : token.scopes.length <= 2
            ? token.scopes.join(", ")
            : `${token.scopes.length} scopes`}
        {token.allowedNetworks.length > 0
          ? `, from ${token.allowedNetworks.length} ${token.allowedNetworks.length === 1 ? "network" : "networks"}`
          : ""}
      </span>
    ),
  },
  {
    id: "used",
    header: "Last used",
    shownFrom: "sm",
    sortBy: (token) => token.lastUsedAt,
    descendingFirst: true,
    cell: (token) =>
      token.lastUsedAt ? (
        <>
          <RelativeTime at={token.lastUsedAt.toISOString()} />
          <span className="block max-w-56 truncate text-sm text-ink-3" title={token.lastUsedClient ?? ""}>
            {[token.lastUsedIp, token.lastUsedEndpoint, token.lastUsedClient].filter(Boolean).join(" · ")}
          </span>
        </>
      ) : (
        <span className="text-ink-3">never</span>
      ),
  },
  {
    id: "hours",
    header: "Last 24 h",
    shownFrom: "lg",
    cell: (token) => <Sparkline label="Requests in the last 24 hours" values={token.hours} />,
  },
  {
    id: "requests",
    header: "Today",
    align: "right",
    sortBy: (token) => token.today.requests,
    descendingFirst: true,
    cell: (token) => <Count value={token.today.requests} exact />,
  },
  {
    id: "refused",
    header: "Refused",
    align: "right",
    shownFrom: "sm",
    sortBy: (token) => token.today.refused,
    descendingFirst: true,
    cell: (token) => <Count value={token.today.refused} exact />,
  },
  {
    id: "expires",
    header: "Expires",
    shownFrom: "md",
    sortBy: (token) => token.expiresAt,
    cell: (token) =>
      token.expiresAt ? <RelativeTime at={token.expiresAt.toISOString()} /> : <span className="text-ink-3">never</span>,
  },
];

type TokenTableProps = { account: string; tokens: readonly TokenRow[]; isFiltered: boolean; mayWrite: boolean };

export function TokenTable({ account, tokens, isFiltered, mayWrite }: TokenTableProps) {
  const menu: DataColumn<TokenRow> = {
    id: "menu",
    header: <span className="sr-only">Change</span>,
    align: "right",
    cell: (token) => (token.state === "revoked" ? null : <TokenMenu account={account} token={token} />),
  };
  return (
    <DataTable
      label="Tokens"
      columns={mayWrite ? [...facts, menu] : facts}
      rows={tokens}
      rowId={(token) => token.id}
      rowName={(token) => token.name}
      filtered={isFiltered}
      filteredEmpty={<EmptyState title="No token matches">Clear the search or choose another state.</EmptyState>}
      empty={
        <EmptyState icon={<KeyRound />} title="No tokens yet">
          Create one and give it to your client; its calls appear here within two seconds.
        </EmptyState>
      }
      {...(mayWrite
        ? {
            bulkBar: (selected: TokenRow[], clear: () => void) => (
              <BulkTokens account={account} selected={selected} clear={clear} />
            ),
          }
        : {})}
    />
  );
}

import { Sparkline } from "#components/charts/sparkline.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Count } from "#components/ui/number.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { getTokenShares } from "#core/usage/get-token-shares.ts";
import * as format from "#words/format.ts";
import { CapToken } from "./cap-token.tsx";

type Shares = Awaited<ReturnType<typeof getTokenShares>>;
type QuotaUsersProps = {
  shares: Shares;
  previews: ReadonlyMap<string, string>;
  slug: string;
  quotaPerDay: number | null;
  mayCap: boolean;
};

const shownAtMost = 6;

/** How the tokens share today's quota. */
export function QuotaUsers({ shares, previews, slug, quotaPerDay, mayCap }: QuotaUsersProps) {
  const rows = shares.slice(0, shownAtMost);
  const highest = Math.max(1, ...rows.flatMap((row) => row.hours));
  return (
    <Panel
      title="Quota by token"
      aside="today, UTC"
      flush
      footer={
        <TextLink kind="bare" href={`/a/${slug}/usage?range=24h&groupBy=token`}>
          {shares.length > shownAtMost ? `All ${shares.length} tokens` : "Usage by token"}
        </TextLink>
      }
    >
      {rows.length === 0 ? (
        <EmptyState title="No usage yet">Tokens appear here with their first call of the day.</EmptyState>
      ) : (
        <Table label="Quota by token today">
          <TableHead>
            <TableHeader>Token</TableHeader>
            <TableHeader shownFrom="sm">Last 24 h</TableHeader>
            <TableHeader align="right">Used</TableHeader>
            <TableHeader align="right">Share</TableHeader>
            <TableHeader align="right">Refused</TableHeader>
            {mayCap ? (
              <TableHeader align="right">
                <span className="sr-only">Actions</span>
              </TableHeader>
            ) : null}
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.tokenId}>
                <TableCell className="max-w-48 truncate">
                  <TextLink kind="name" href={`/a/${slug}/tokens/${row.tokenId}`}>
                    {row.name}
                  </TextLink>{" "}
                  <span className="font-mono text-sm text-ink-3 max-sm:hidden">{previews.get(row.tokenId)}</span>
                </TableCell>
                <TableCell shownFrom="sm">
                  <Sparkline label={`Requests of ${row.name} per hour`} values={row.hours} max={highest} />
                </TableCell>
                <TableCell align="right">
                  <Count value={row.spent} exact />
                </TableCell>
                <TableCell align="right" className="tabular-nums">
                  {format.percent(row.share)}
                </TableCell>
                <TableCell align="right" className={row.refused > 0 ? "text-danger" : ""}>
                  <Count value={row.refused} exact />
                </TableCell>
                {mayCap ? (
                  <TableCell align="right">
                    {row.isRevoked ? null : <CapToken account={slug} token={row} quotaPerDay={quotaPerDay} />}
                  </TableCell>
                ) : null}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Panel>
  );
}

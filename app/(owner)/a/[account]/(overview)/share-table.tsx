import { Sparkline } from "#components/charts/sparkline.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatPercent } from "#components/ui/format.ts";
import { Count } from "#components/ui/number.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { getTokenShares } from "#core/usage/get-token-shares.ts";

type Shares = Awaited<ReturnType<typeof getTokenShares>>;

/** How the tokens split the quota they share. */
export function ShareTable({ slug, shares }: { slug: string; shares: Shares }) {
  if (shares.length === 0)
    return <EmptyState title="Nothing used it yet">Every token with a request today appears here.</EmptyState>;
  return (
    <Table label="Who uses the quota today">
      <TableHead>
        <TableHeader>Token</TableHeader>
        <TableHeader shownFrom="sm">Last 24 h</TableHeader>
        <TableHeader align="right">Requests</TableHeader>
        <TableHeader align="right">Share</TableHeader>
        <TableHeader align="right">Refused</TableHeader>
      </TableHead>
      <TableBody>
        {shares.slice(0, 8).map((row) => (
          <TableRow key={row.tokenId}>
            <TableCell>
              <TextLink kind="name" href={`/a/${slug}/usage?tokenId=${row.tokenId}`}>
                {row.name}
              </TextLink>
            </TableCell>
            <TableCell shownFrom="sm">
              <Sparkline label="Requests in the last 24 hours" values={row.hours} />
            </TableCell>
            <TableCell align="right">
              <Count value={row.requests} exact />
            </TableCell>
            <TableCell align="right">{formatPercent(row.share)}</TableCell>
            <TableCell align="right" className={row.refused > 0 ? "text-danger" : undefined}>
              <Count value={row.refused} exact />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

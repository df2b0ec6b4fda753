import { Count, Share } from "#components/ui/number.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { decisionCodes } from "#core/rules/vocabulary.ts";
import type { UsageSeries } from "#core/usage/get-usage-series.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";

type UsageTableProps = {
  series: UsageSeries;
  /** Where a row leads: the same range, narrowed to it; null where it cannot be narrowed further. */
  hrefOf: (key: string) => string | null;
};

/** The totals of the range, largest first: the same numbers as the chart, to the unit. */
export function UsageTable({ series, hrefOf }: UsageTableProps) {
  const total = series.keys.reduce((sum, key) => sum + key.requests, 0);
  const before = series.before?.reduce((sum, count) => sum + count, 0) ?? null;
  if (total === 0 && !before) return null;
  return (
    <Panel title="Totals" aside={<Count value={total} exact />} flush>
      <Table label="Totals of this range">
        <TableHead>
          <TableHeader>{words.groupings[series.groupBy].column}</TableHeader>
          <TableHeader align="right">Requests</TableHeader>
          <TableHeader align="right">Share</TableHeader>
          {before === null ? null : (
            <>
              <TableHeader align="right">Previous period</TableHeader>
              <TableHeader align="right">Change</TableHeader>
            </>
          )}
        </TableHead>
        <TableBody>
          {series.keys.map((row) => (
            <TableRow key={row.key}>
              <TableCell>
                <Name href={hrefOf(row.key)} label={row.label} />
              </TableCell>
              <TableCell align="right">
                <Count value={row.requests} exact />
              </TableCell>
              <TableCell align="right">
                <Share part={row.requests} whole={Math.max(total, 1)} />
              </TableCell>
              {row.requestsBefore === null ? null : (
                <>
                  <TableCell align="right">
                    <Count value={row.requestsBefore} exact />
                  </TableCell>
                  <TableCell align="right" className="whitespace-nowrap tabular-nums">
                    {changeWords(row.requests, row.requestsBefore)}
                  </TableCell>
                </>
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}

function Name({ href, label }: { href: string | null; label: string }) {
  const code = decisionCodes.find((one) => one === label);
  const text = code ? words.decisions[code].title : label === "refused" ? "Refused" : label;
  return (
    <>
      {href ? (
        <TextLink kind="name" href={href}>
          {text}
        </TextLink>
      ) : (
        text
      )}
      {code && code !== "allowed" ? <span className="ml-2 font-mono text-sm text-ink-3">{code}</span> : null}
    </>
  );
}

/** "+12%", "−40%"; from nothing there is no share. */
function changeWords(now: number, before: number): string {
  if (before === 0) return now === 0 ? "–" : "new";
  const change = now / before - 1;
  return `${change < 0 ? "−" : "+"}${format.percent(Math.abs(change))}`;
}

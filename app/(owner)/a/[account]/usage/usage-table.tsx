import { decisionWords } from "#app/_parts/decision-words.ts";
import { Count, Share } from "#components/ui/number.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { decisionCodes } from "#core/rules/vocabulary.ts";
import type { UsageSeries } from "#core/usage/get-usage-series.ts";

/** The totals of the range, largest first: the same numbers as the chart, to the unit. */
export function UsageTable({ series }: { series: UsageSeries }) {
  const total = series.keys.reduce((sum, key) => sum + key.requests, 0);
  if (total === 0) return null;
  return (
    <Panel title="Totals" aside={<Count value={total} exact />} flush>
      <Table label="Totals of this range">
        <TableHead>
          <TableHeader className="first-letter:uppercase">{series.groupBy}</TableHeader>
          <TableHeader align="right">Requests</TableHeader>
          <TableHeader align="right">Share</TableHeader>
        </TableHead>
        <TableBody>
          {series.keys.map((row) => (
            <TableRow key={row.key}>
              <TableCell>{titleOf(row.label)}</TableCell>
              <TableCell align="right">
                <Count value={row.requests} exact />
              </TableCell>
              <TableCell align="right">
                <Share part={row.requests} whole={total} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}

function titleOf(label: string): string {
  const code = decisionCodes.find((one) => one === label);
  return code ? decisionWords[code].title : label;
}

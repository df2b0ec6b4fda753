import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { listReversals, listReversalsByPerson } from "#core/staff/list-reversals.ts";
import * as words from "#words/words.ts";

type ReversalsProps = {
  reversals: Awaited<ReturnType<typeof listReversals>>;
  /** Null = the reader may not see figures of people. */
  people: Awaited<ReturnType<typeof listReversalsByPerson>> | null;
};

/** Actions that turned out wrong, per reason and detector, and for leads per person. */
export function Reversals({ reversals: { days, reasons, detectors }, people }: ReversalsProps) {
  const title = (what: string) => `Reversed by ${what}, ${days} days`;
  if (reasons.length === 0)
    return (
      <Panel title={`Reversed, ${days} days`}>
        <p className="text-ink-2">No action was reversed on appeal or as our fault.</p>
      </Panel>
    );
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Figures
        title={title("reason")}
        what="Reason"
        rows={reasons.map(({ reasonCode, ...row }) => ({
          ...row,
          key: reasonCode,
          name: words.reasons[reasonCode].title,
        }))}
      />
      <Figures
        title={title("detector")}
        what="Detector"
        rows={detectors.map(({ title: name, ...row }) => ({ ...row, key: row.detector, name }))}
      />
      {people ? (
        <Figures title={title("person")} what="Who" rows={people.map((row) => ({ ...row, key: row.userId }))} />
      ) : null}
    </div>
  );
}

type FiguresProps = {
  title: string;
  what: string;
  rows: readonly { key: string; name: string; onAppeal: number; ourFault: number; imposed?: number }[];
};

function Figures({ title, what, rows }: FiguresProps) {
  const hasImposed = rows.some((row) => row.imposed !== undefined);
  return (
    <Panel title={title} flush>
      <Table label={title}>
        <TableHead>
          <TableHeader>{what}</TableHeader>
          <TableHeader align="right">Appeal upheld</TableHeader>
          <TableHeader align="right">Our fault</TableHeader>
          {hasImposed ? <TableHeader align="right">Actions</TableHeader> : null}
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.key}>
              <TableCell>{row.name}</TableCell>
              <TableCell align="right">{row.onAppeal}</TableCell>
              <TableCell align="right">{row.ourFault}</TableCell>
              {hasImposed ? <TableCell align="right">{row.imposed}</TableCell> : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}

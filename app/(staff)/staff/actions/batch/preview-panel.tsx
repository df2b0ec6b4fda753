import { Count } from "#components/ui/number.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { BatchPreview } from "#core/enforcement/preview-batch.ts";

/** Who is reached with their requests, who is left out and why, and whether a second person must agree. */
export function PreviewPanel({ preview }: { preview: BatchPreview }) {
  const { reached, leftOut, imposition } = preview;
  const requests = reached.reduce((sum, one) => sum + one.requests, 0);
  return (
    <div role="status" className="flex flex-col gap-4">
      <p>
        It affects <b className="font-semibold">{reached.length}</b> of {reached.length + leftOut.length} accounts.
        Together they made <Count value={requests} exact /> requests in the last 24 hours.
      </p>
      {imposition.why ? <p className="text-warning">{imposition.why}</p> : null}
      {reached.length > 0 ? (
        <Table label="Affected accounts">
          <TableHead>
            <TableHeader>Affected</TableHeader>
            <TableHeader align="right">Requests, 24 h</TableHeader>
          </TableHead>
          <TableBody>
            {reached.map((one) => (
              <TableRow key={one.accountId}>
                <TableCell>{one.name}</TableCell>
                <TableCell align="right">
                  <Count value={one.requests} exact />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
      {leftOut.length > 0 ? <LeftOutTable rows={leftOut} /> : null}
    </div>
  );
}

type LeftOutRow = { accountId: string; name: string | null; why: string };

export function LeftOutTable({ rows }: { rows: readonly LeftOutRow[] }) {
  return (
    <Table label="Accounts left out">
      <TableHead>
        <TableHeader>Left out</TableHeader>
        <TableHeader>Why</TableHeader>
      </TableHead>
      <TableBody>
        {rows.map((one) => (
          <TableRow key={one.accountId}>
            <TableCell>{one.name ?? one.accountId}</TableCell>
            <TableCell className="text-ink-2">{one.why}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

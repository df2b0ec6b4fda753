import { Count } from "#components/ui/number.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { TokenDetail } from "#core/tokens/get-token.ts";
import * as words from "#words/words.ts";

/** Endpoints by how often a token called them. */
export function EndpointCalls({ endpoints }: Pick<TokenDetail, "endpoints">) {
  if (endpoints.length === 0) return <p className="px-4 pb-3 text-ink-2">No calls yet.</p>;
  return (
    <Table label="Endpoints called">
      <TableHead>
        <TableHeader>Endpoint</TableHeader>
        <TableHeader align="right">Requests</TableHeader>
        <TableHeader align="right">Refused</TableHeader>
      </TableHead>
      <TableBody>
        {endpoints.map((row) => (
          <TableRow key={row.endpointId}>
            <TableCell className="font-mono wrap-anywhere">
              {row.surface === null || row.method === null || row.path === null
                ? "no such endpoint"
                : words.route({ surface: row.surface, method: row.method, path: row.path })}
            </TableCell>
            <TableCell align="right">
              <Count value={row.requests} exact />
            </TableCell>
            <TableCell align="right" className={row.requests > row.allowed ? "text-danger" : ""}>
              <Count value={row.requests - row.allowed} exact />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { Limits } from "#core/provider/get-limits.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";
import { EndpointForm } from "./endpoint-form.tsx";

type EndpointTableProps = { endpoints: Limits["endpoints"]; scopes: readonly string[]; mayWrite: boolean };

export function EndpointTable({ endpoints, scopes, mayWrite }: EndpointTableProps) {
  return (
    <>
      {mayWrite ? (
        <div className="flex flex-wrap gap-2">
          <EndpointForm scopes={scopes} />
          <ButtonLink href="/staff/limits/import">Import from OpenAPI</ButtonLink>
        </div>
      ) : null}
      <Panel flush>
        <Table label="Endpoints">
          <TableHead>
            <TableHeader>Endpoint</TableHeader>
            <TableHeader shownFrom="md">Route</TableHeader>
            <TableHeader shownFrom="lg">Scope</TableHeader>
            <TableHeader align="right">Limit</TableHeader>
            <TableHeader align="right" shownFrom="sm">
              Cost
            </TableHeader>
            <TableHeader>
              <span className="sr-only">Change</span>
            </TableHeader>
          </TableHead>
          <TableBody>
            {endpoints.map((one) => (
              <TableRow key={one.id}>
                <TableCell>
                  <span className="font-medium">{one.name}</span>{" "}
                  {one.isDenied ? <Badge meaning="danger">closed</Badge> : null}
                </TableCell>
                <TableCell shownFrom="md" className="font-mono">
                  {words.route(one)}
                </TableCell>
                <TableCell shownFrom="lg">{one.scope ?? "any active token"}</TableCell>
                <TableCell align="right" className="whitespace-nowrap">
                  {one.rateLimit === null ? "none" : `${format.count(one.rateLimit)} per ${one.windowSeconds} s`}
                </TableCell>
                <TableCell align="right" shownFrom="sm">
                  {one.cost}
                </TableCell>
                <TableCell align="right">{mayWrite ? <EndpointForm endpoint={one} scopes={scopes} /> : null}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Panel>
    </>
  );
}

import { PolicyState } from "#app/_parts/policy-state.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { IntegrationRow } from "#core/integrations/list-integrations.ts";

/** What programs of the account use the API, and whether the privacy policy of each is there. */
export function IntegrationsPanel({ integrations }: { integrations: readonly IntegrationRow[] }) {
  if (integrations.length === 0) return null;
  return (
    <Panel title="Integrations" aside={`${integrations.length}`} flush>
      <Table label="Integrations">
        <TableHead>
          <TableHeader>Name</TableHeader>
          <TableHeader>Privacy policy</TableHeader>
          <TableHeader align="right" shownFrom="sm">
            Tokens
          </TableHeader>
        </TableHead>
        <TableBody>
          {integrations.map((row) => (
            <TableRow key={row.id}>
              <TableCell className="max-w-36 sm:max-w-72">
                <span className="font-medium">{row.name}</span>{" "}
                {row.archivedAt ? <Badge icon={false}>archived</Badge> : null}
                <span className="block truncate text-sm text-ink-3" title={row.purpose}>
                  {row.purpose}
                </span>
              </TableCell>
              <TableCell>
                <PolicyState row={row} />
              </TableCell>
              <TableCell align="right" shownFrom="sm">
                {row.tokens}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}

import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Banner } from "#components/ui/banner.tsx";
import type { Meaning } from "#components/ui/meaning.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { OpenapiPreview } from "#core/provider/preview-openapi.ts";

type Line = { key: string; word: string; meaning: Meaning; name: string; route: string; scope: ReactNode };

const scopeWords = (scope: string | null) => scope ?? "any active token";

/** What an import would do, a row for each endpoint that differs. */
export function Difference({ seen }: { seen: OpenapiPreview }) {
  const { added, changed, gone, unchanged, newScopes, faults } = seen;
  const lines = linesOf(seen);
  return (
    <>
      {faults.length > 0 ? (
        <Banner
          meaning="warning"
          title={`${faults.length} ${faults.length === 1 ? "call" : "calls"} cannot be imported.`}
        >
          {faults.slice(0, 10).join(" ")}
        </Banner>
      ) : null}
      {changed.length > 0 ? (
        <Banner
          meaning="warning"
          title={`${changed.length} ${changed.length === 1 ? "endpoint needs" : "endpoints need"} a different scope.`}
        >
          Tokens without the new scope are refused there from the next request.
        </Banner>
      ) : null}
      <Panel
        title="Difference"
        aside={`${added.length} new, ${changed.length} changed, ${gone.length} not in the document, ${unchanged} unchanged`}
        flush
        {...(newScopes.length > 0 ? { footer: `New scopes: ${newScopes.join(", ")}` } : {})}
      >
        {lines.length === 0 ? (
          <p className="px-4 pb-3 text-ink-2">The document matches what is registered. There is nothing to import.</p>
        ) : (
          <Table label="Difference">
            <TableHead>
              <TableHeader>What</TableHeader>
              <TableHeader>Route</TableHeader>
              <TableHeader shownFrom="md">Endpoint</TableHeader>
              <TableHeader>Scope</TableHeader>
            </TableHead>
            <TableBody>
              {lines.map((line) => (
                <TableRow key={line.key}>
                  <TableCell>
                    <Badge meaning={line.meaning}>{line.word}</Badge>
                  </TableCell>
                  <TableCell className="font-mono break-all">{line.route}</TableCell>
                  <TableCell shownFrom="md">{line.name}</TableCell>
                  <TableCell>{line.scope}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Panel>
    </>
  );
}

function linesOf({ added, changed, gone }: OpenapiPreview): Line[] {
  const routeOf = (one: { method: string; path: string }) => `${one.method} ${one.path}`;
  return [
    ...added.map((one): Line => {
      const route = routeOf(one);
      return { key: `+${route}`, word: "new", meaning: "good", name: one.name, route, scope: scopeWords(one.scope) };
    }),
    ...changed.map((one): Line => {
      const scope = `${scopeWords(one.scopeBefore)} → ${scopeWords(one.scope)}`;
      return { key: `~${one.name}`, word: "changed", meaning: "warning", name: one.name, route: routeOf(one), scope };
    }),
    ...gone.map((one): Line => {
      return {
        key: `?${one.name}`,
        word: "gone",
        meaning: "neutral",
        name: one.name,
        route: routeOf(one),
        scope: "unchanged",
      };
    }),
  ];
}

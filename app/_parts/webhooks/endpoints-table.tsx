import { Webhook } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Count } from "#components/ui/number.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { EndpointRow } from "./webhook-actions.ts";

/** Endpoints with how their deliveries went; `base` is the page they are on. */
export function EndpointsTable({ endpoints, base }: { endpoints: EndpointRow[]; base: string }) {
  if (endpoints.length === 0) {
    return (
      <EmptyState icon={<Webhook />} title="No endpoints yet">
        Add an endpoint to receive events as they happen, without polling.
      </EmptyState>
    );
  }
  return (
    <Table label="Webhook endpoints">
      <TableHead>
        <TableHeader>Address</TableHeader>
        <TableHeader>State</TableHeader>
        <TableHeader shownFrom="md">Events</TableHeader>
        <TableHeader align="right">Delivered</TableHeader>
        <TableHeader align="right" shownFrom="sm">
          Waiting
        </TableHeader>
        <TableHeader align="right">Failed</TableHeader>
      </TableHead>
      <TableBody>
        {endpoints.map((one) => (
          <TableRow key={one.id}>
            <TableCell className="max-w-sm">
              <TextLink href={`${base}/${one.id}`} className="break-all font-mono">
                {one.url}
              </TextLink>
              {one.description ? <p className="text-sm text-ink-3">{one.description}</p> : null}
            </TableCell>
            <TableCell>
              <EndpointState disabledAt={one.disabledAt} />
            </TableCell>
            <TableCell shownFrom="md" className="text-ink-2">
              {one.events.length === 0 ? "all" : one.events.join(", ")}
            </TableCell>
            <TableCell align="right">
              <Count value={one.delivered} />
            </TableCell>
            <TableCell align="right" shownFrom="sm">
              <Count value={one.waiting} />
            </TableCell>
            <TableCell align="right">
              <Count value={one.failed} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

export function EndpointState({ disabledAt }: { disabledAt: Date | null }) {
  return disabledAt ? <Badge meaning="warning">disabled</Badge> : <Badge meaning="good">enabled</Badge>;
}

import { Server } from "lucide-react";
import type { Metadata } from "next";
import { shownOnce } from "#app/_lib/answered.ts";
import { staffPageCtx } from "#app/_lib/context.ts";
import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { ShownOncePanel } from "#app/_parts/shown-once-panel.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Count } from "#components/ui/number.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { listOverdue } from "#core/enforcement/list-overdue.ts";
import { can } from "#core/frame/permissions.ts";
import { listCredentials } from "#core/gateways/list-credentials.ts";
import { listGates } from "#core/gateways/list-gates.ts";
import { env } from "#core/runtime/env.ts";
import { createCredentialAction } from "./actions.ts";
import { Credentials } from "./credentials.tsx";
import { OverdueBanner } from "./overdue-banner.tsx";
import { StalledBanner } from "./stalled-banner.tsx";

export const metadata: Metadata = { title: "Gates" };

export default async function GatesPage() {
  const ctx = await staffPageCtx();
  const gates = await listGates(ctx, {});
  const made = await shownOnce(createCredentialAction);
  const overdue = await listOverdue(ctx, {});
  const credentials = can(ctx.actor, "gates:write") ? await listCredentials(ctx, {}) : null;
  return (
    <ShellMain crumbs={[{ label: "Gates" }]}>
      <KeepFresh seconds={2} />
      <ShownOncePanel
        back="/staff/gates"
        shown={
          made && {
            title: `Credential for “${made.name}”`,
            text: "Copy it now and add it to the gateway's configuration. Only its hash is stored, so it cannot be shown again.",
            secret: made.secret,
            what: "credential",
          }
        }
      />
      <PageHeader
        title="Gates"
        lead="The processes that decide on requests. A gate not heard from for 5 seconds counts as lost."
      />
      <OverdueBanner overdue={overdue} />
      <StalledBanner gates={gates} />
      <Panel flush>
        {gates.length === 0 ? (
          <EmptyState icon={<Server />} title="No gate has started yet">
            Start one with this database; it appears here automatically.
          </EmptyState>
        ) : (
          <Table label="Gates">
            <TableHead>
              <TableHeader>Gate</TableHeader>
              <TableHeader>State</TableHeader>
              <TableHeader align="right" shownFrom="sm">
                Decisions since start
              </TableHeader>
              <TableHeader align="right" shownFrom="sm">
                Uncounted journal
              </TableHeader>
              <TableHeader shownFrom="md">Started</TableHeader>
              <TableHeader>Last heard from</TableHeader>
            </TableHead>
            <TableBody>
              {gates.map((gate) => (
                <TableRow key={gate.id}>
                  <TableCell>
                    <span className="whitespace-nowrap font-mono">{gate.id}</span>
                  </TableCell>
                  <TableCell>{stateOf(gate)}</TableCell>
                  <TableCell align="right" shownFrom="sm">
                    <Count value={gate.decisions} exact />
                  </TableCell>
                  <TableCell align="right" shownFrom="sm">
                    <Count value={gate.journalLagBytes} exact /> bytes
                  </TableCell>
                  <TableCell shownFrom="md">
                    <RelativeTime at={gate.startedAt.toISOString()} />
                  </TableCell>
                  <TableCell>
                    <RelativeTime at={gate.lastSeenAt.toISOString()} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Panel>
      {credentials ? <Credentials credentials={credentials} gateUrl={env().GATE_URL} /> : null}
    </ShellMain>
  );
}

function stateOf(gate: { isLive: boolean; stoppedAt: Date | null }) {
  if (gate.isLive) return <Badge meaning="good">live</Badge>;
  return gate.stoppedAt ? <Badge>stopped</Badge> : <Badge meaning="danger">lost</Badge>;
}

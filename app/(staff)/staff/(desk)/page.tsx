import type { Metadata } from "next";
import { staffPageCtx } from "#app/_lib/context.ts";
import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { Stat } from "#components/ui/stat.tsx";
import { listAppeals } from "#core/appeals/list-appeals.ts";
import { countCases } from "#core/cases/count-cases.ts";
import { listWaitingCases } from "#core/cases/list-waiting-cases.ts";
import { listHeldFlags } from "#core/detection/held-flags.ts";
import { listDetectors } from "#core/detection/list-detectors.ts";
import { listActions } from "#core/enforcement/list-actions.ts";
import { listOverdue } from "#core/enforcement/list-overdue.ts";
import { can } from "#core/frame/permissions.ts";
import { listGates } from "#core/gateways/list-gates.ts";
import { listReversals, listReversalsByPerson } from "#core/staff/list-reversals.ts";
import { teamFigures } from "#core/staff/team-figures.ts";
import * as format from "#words/format.ts";
import { FallenDetectors } from "../detectors/fallen-detectors.tsx";
import { OverdueBanner } from "../gates/overdue-banner.tsx";
import { StalledBanner } from "../gates/stalled-banner.tsx";
import { ActionList, AppealList, CaseList, DetectorHealth, PeopleTable } from "./desk-lists.tsx";
import { Reversals } from "./reversals.tsx";

export const metadata: Metadata = { title: "Desk" };

export default async function DeskPage() {
  const ctx = await staffPageCtx();
  const [
    counts,
    { mine, unassigned, oldest },
    appeals,
    approval,
    unconfirmed,
    ending,
    held,
    detectors,
    figures,
    overdue,
    gates,
    reversals,
    reversalsByPerson,
  ] = await Promise.all([
    countCases(ctx, {}),
    listWaitingCases(ctx, {}),
    listAppeals(ctx, { open: true }),
    listActions(ctx, { waitsFor: "approval" }),
    listActions(ctx, { waitsFor: "gates" }),
    listActions(ctx, { waitsFor: "end" }),
    listHeldFlags(ctx, {}),
    listDetectors(ctx, {}),
    teamFigures(ctx, {}),
    listOverdue(ctx, {}),
    listGates(ctx, {}),
    listReversals(ctx, {}),
    can(ctx.actor, "staff:read") ? listReversalsByPerson(ctx, {}) : null,
  ]);
  return (
    <ShellMain crumbs={[{ label: "Desk" }]}>
      <KeepFresh seconds={10} />
      <PageHeader title="Desk" lead="Open work, most urgent first." />
      <OverdueBanner overdue={overdue} />
      <StalledBanner gates={gates} />
      <FallenDetectors detectors={detectors} />
      <Panel>
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-6">
          <Stat label="Open cases" value={counts.open} note={`${counts.unassigned} unassigned`} />
          <Stat
            label="Oldest open"
            value={figures.oldestDays === null ? "–" : Math.floor(figures.oldestDays)}
            {...(figures.oldestDays === null ? {} : { unit: Math.floor(figures.oldestDays) === 1 ? "day" : "days" })}
          />
          <Stat
            label="Median to a decision"
            value={figures.medianHoursToDecision === null ? "–" : figures.medianHoursToDecision.toFixed(1)}
            {...(figures.medianHoursToDecision === null ? {} : { unit: "h" })}
            note="30 days"
          />
          <Stat
            label="Overturned"
            value={figures.imposed30Days === 0 ? "–" : format.percent(figures.overturned30Days / figures.imposed30Days)}
            note={`of ${figures.imposed30Days} actions, 30 days`}
          />
          <Stat label="Open appeals" value={counts.openAppeals} />
          <Stat label="Held flags" value={held.length} note={held.length > 0 ? "see Detectors" : "nothing held"} />
        </div>
      </Panel>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <CaseList title="My cases" list={mine} empty="You have no cases." view="mine" />
          <CaseList title="Unassigned" list={unassigned} empty="Every case is assigned." view="unassigned" />
          <CaseList title="Oldest waiting" list={oldest} empty="No open cases." view="open" shows="age" />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <AppealList appeals={appeals} />
          <ActionList title="Waiting for a second person" actions={approval} empty="Nothing is waiting for approval." />
          <ActionList title="Not confirmed by every gate" actions={unconfirmed} empty="Every gate has confirmed." />
          <ActionList title="Ends within a day" actions={ending} empty="Nothing ends soon." />
          <DetectorHealth detectors={detectors} />
        </div>
      </div>
      <PeopleTable people={figures.people} />
      <Reversals reversals={reversals} people={reversalsByPerson} />
    </ShellMain>
  );
}

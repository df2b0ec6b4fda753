import { Gavel } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { staffPageCtx } from "#app/_lib/context.ts";
import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { Pages, pageParam, partOf, shownOf } from "#app/_parts/pages.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { listActions, type StaffAction } from "#core/enforcement/list-actions.ts";
import { ActionsInCase } from "../../_action/actions-in-case.tsx";
import {
  ActionFilterForm,
  type ActionView,
  actionFilter,
  actionViews,
  addressOf,
  inputOf,
  isNarrowed,
} from "./action-filter.tsx";
import { ActionTable } from "./action-table.tsx";

export const metadata: Metadata = { title: "Actions" };

const pageOf = z.object({ page: pageParam });

export default async function ActionsPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const ctx = await staffPageCtx();
  const given = await searchParams;
  const filter = actionFilter.parse(given);
  const { page } = pageOf.parse(given);
  const { view } = filter;
  const found = await listActions(ctx, { ...inputOf(filter), ...partOf(page) });
  const actions = shownOf(found);
  return (
    <ShellMain crumbs={[{ label: "Actions" }]}>
      <KeepFresh seconds={5} />
      <PageHeader
        title="Actions"
        lead="Actions in force, to come, waiting for a second person, and past. Notices stand apart."
        actions={
          <SegmentedLinks
            label="Which actions"
            items={(Object.keys(actionViews) as ActionView[]).map((one) => ({
              href: `/staff/actions?view=${one}`,
              label: actionViews[one].label,
              active: one === view,
            }))}
          />
        }
      />
      <Panel flush>
        <ActionFilterForm filter={filter} />
        {actions.length === 0 ? (
          <EmptyState icon={<Gavel />} title={isNarrowed(filter) ? "No matching actions" : "No actions"}>
            {isNarrowed(filter) ? "Clear the filter to see all." : actionViews[view].empty}
          </EmptyState>
        ) : view === "approval" ? null : (
          <ActionTable rows={actions} />
        )}
      </Panel>
      {/* A second person reads the whole proposal before they approve it, so these stay open. */}
      {view === "approval"
        ? actions.map((action) => (
            <ActionsInCase
              key={action.id}
              actions={[action]}
              actor={ctx.actor.kind === "staff" ? ctx.actor : null}
              title={
                <TextLink kind="name" href={hrefOf(action)}>
                  {action.accountName}
                </TextLink>
              }
            />
          ))
        : null}
      <Pages label="Pages of actions" page={page} found={found} href={addressOf(filter)} />
    </ShellMain>
  );
}

function hrefOf(action: StaffAction): string {
  return action.caseId ? `/staff/cases/${action.caseId}` : `/staff/accounts/${action.accountId}`;
}

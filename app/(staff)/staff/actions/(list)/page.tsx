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
import type { ActionState } from "#core/rules/vocabulary.ts";
import { ActionsInCase } from "../../_action/actions-in-case.tsx";

export const metadata: Metadata = { title: "Actions" };

const views = {
  force: {
    label: "In force",
    states: ["applying", "active"],
    empty: "No actions in force. Every account is in good standing.",
  },
  scheduled: { label: "Scheduled", states: ["scheduled"], empty: "Nothing is scheduled." },
  approval: {
    label: "Waiting for approval",
    states: ["pending_approval"],
    empty: "Nothing is waiting for a second person.",
  },
  over: {
    label: "Past",
    states: ["expired", "lifted", "superseded", "overturned", "cancelled"],
    empty: "No past actions yet.",
  },
} satisfies Record<string, { label: string; states: ActionState[]; empty: string }>;
type View = keyof typeof views;

const params = z.object({
  view: z.enum(["force", "scheduled", "approval", "over"]).catch("force"),
  page: pageParam,
});

export default async function ActionsPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const ctx = await staffPageCtx();
  const { view, page } = params.parse(await searchParams);
  const { states, empty } = views[view];
  const found = await listActions(ctx, { states: [...states], ...partOf(page) });
  const actions = shownOf(found);
  return (
    <ShellMain crumbs={[{ label: "Actions" }]}>
      <KeepFresh seconds={5} />
      <PageHeader
        title="Actions"
        lead="Actions in force, waiting for a second person, and past."
        actions={
          <SegmentedLinks
            label="Which actions"
            items={(Object.keys(views) as View[]).map((one) => ({
              href: `/staff/actions?view=${one}`,
              label: views[one].label,
              active: one === view,
            }))}
          />
        }
      />
      {actions.length === 0 ? (
        <Panel>
          <EmptyState icon={<Gavel />} title="No actions">
            {empty}
          </EmptyState>
        </Panel>
      ) : null}
      {actions.map((action) => (
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
      ))}
      <Pages label="Pages of actions" page={page} found={found} href={`/staff/actions?view=${view}`} />
    </ShellMain>
  );
}

function hrefOf(action: StaffAction): string {
  return action.caseId ? `/staff/cases/${action.caseId}` : `/staff/accounts/${action.accountId}`;
}

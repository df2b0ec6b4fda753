import { Scale } from "lucide-react";
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
import { listAppeals } from "#core/appeals/list-appeals.ts";
import { AppealCard } from "./appeal-card.tsx";

export const metadata: Metadata = { title: "Appeals" };

const params = z.object({ view: z.enum(["open", "decided"]).catch("open"), page: pageParam });

export default async function AppealsPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const ctx = await staffPageCtx();
  const { view, page } = params.parse(await searchParams);
  const found = await listAppeals(ctx, { open: view === "open", ...partOf(page) });
  const appeals = shownOf(found);
  return (
    <ShellMain crumbs={[{ label: "Appeals" }]}>
      <KeepFresh seconds={15} />
      <PageHeader
        title="Appeals"
        lead="Owners' objections to actions, soonest due first. Decided by someone who was not involved in the action."
        actions={
          <SegmentedLinks
            label="Which appeals"
            items={[
              { href: "/staff/appeals", label: "Open", active: view === "open" },
              { href: "/staff/appeals?view=decided", label: "Decided", active: view === "decided" },
            ]}
          />
        }
      />
      {appeals.length === 0 ? (
        <Panel>
          <EmptyState icon={<Scale />} title={view === "open" ? "No open appeals" : "No decided appeals yet"}>
            Owners appeal from their Standing page. An appeal also raises the priority of the account's case.
          </EmptyState>
        </Panel>
      ) : null}
      {appeals.map((appeal) => (
        <AppealCard key={appeal.id} appeal={appeal} actor={ctx.actor.kind === "staff" ? ctx.actor : null} />
      ))}
      <Pages label="Pages of appeals" page={page} found={found} href={`/staff/appeals?view=${view}`} />
    </ShellMain>
  );
}

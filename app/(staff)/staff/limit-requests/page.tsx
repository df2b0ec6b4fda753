import { HandHelping } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { staffPageCtx } from "#app/_lib/context.ts";
import { Pages, pageParam, partOf, shownOf } from "#app/_parts/pages.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { can } from "#core/frame/permissions.ts";
import { listAllLimitRequests } from "#core/limit-requests/list-requests.ts";
import { RequestCard } from "./request-card.tsx";

export const metadata: Metadata = { title: "Limit requests" };

const params = z.object({ view: z.enum(["open", "answered"]).catch("open"), page: pageParam });
const path = "/staff/limit-requests";

export default async function LimitRequestsPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const ctx = await staffPageCtx();
  const { view, page } = params.parse(await searchParams);
  const found = await listAllLimitRequests(ctx, { open: view === "open", ...partOf(page) });
  const requests = shownOf(found);
  return (
    <ShellMain crumbs={[{ label: "Limit requests" }]}>
      <PageHeader
        title="Limit requests"
        lead="Owners ask for a larger quota or rate limit, or for a window with more. A grant is a dated exception; the owner is told before it ends."
        actions={
          <SegmentedLinks
            label="Which requests"
            items={[
              { href: path, label: "Open", active: view === "open" },
              { href: `${path}?view=answered`, label: "Answered", active: view === "answered" },
            ]}
          />
        }
      />
      {requests.length === 0 ? (
        <Panel>
          <EmptyState icon={<HandHelping />} title={view === "open" ? "Nobody is waiting" : "Nothing answered yet"}>
            Owners ask on their Limits page, where a refusal or a finding leads them. Their requests appear here.
          </EmptyState>
        </Panel>
      ) : null}
      {requests.map((request) => (
        <RequestCard key={request.id} request={request} mayAnswer={can(ctx.actor, "accounts:limit")} />
      ))}
      <Pages label="Pages of requests" page={page} found={found} href={`${path}?view=${view}`} />
    </ShellMain>
  );
}

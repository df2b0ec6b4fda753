import { ListOrdered } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { staffPageCtx } from "#app/_lib/context.ts";
import { AuditTable } from "#app/_parts/audit-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { listAudit } from "#core/audit/list-audit.ts";
import { can } from "#core/permissions.ts";

export const metadata: Metadata = { title: "Audit" };

const params = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) });

export default async function AuditPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const ctx = await staffPageCtx();
  if (!can(ctx.actor, "audit:read")) notFound();
  const { before } = params.parse(await searchParams);
  const { events, nextBeforeId } = await listAudit(ctx, before ? { beforeId: before } : {});
  return (
    <ShellMain crumbs={[{ label: "Audit" }]}>
      <PageHeader
        title="Audit"
        lead="Every change, by whom. Rows are chained by hash: altering one is found by “gatehouse verify-audit”."
      />
      <Panel flush>
        {events.length === 0 ? (
          <EmptyState icon={<ListOrdered />} title="Nothing has happened yet">
            Every change leaves a row here.
          </EmptyState>
        ) : (
          <AuditTable rows={events} />
        )}
        <Pagination
          label="Pages of the audit"
          {...(before ? { previousHref: "/staff/audit" } : {})}
          {...(nextBeforeId ? { nextHref: `/staff/audit?before=${nextBeforeId}` } : {})}
        />
      </Panel>
    </ShellMain>
  );
}

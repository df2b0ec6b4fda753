import { ListOrdered } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { memberPageCtx } from "#app/_lib/context.ts";
import { AuditTable } from "#app/_parts/audit-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { listAudit } from "#core/audit/list-audit.ts";
import { can } from "#core/permissions.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";

export const metadata: Metadata = { title: "Audit log" };

const query = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) });

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<unknown> };

export default async function AuditPage({ params, searchParams }: PageProps) {
  const { account } = await params;
  const ctx = await memberPageCtx(account);
  if (!can(ctx.actor, "audit:read")) notFound();
  const { before } = query.parse(await searchParams);
  const { events, nextBeforeId } = await listAudit(ctx, before ? { beforeId: before } : {});
  return (
    <OwnerMain page="Audit log">
      <PageHeader
        title="Audit log"
        lead="Every change in this account, by members and by the provider. Nothing in it can be altered."
      />
      <Panel flush>
        {events.length === 0 ? (
          <EmptyState icon={<ListOrdered />} title="Nothing has happened yet">
            Creating a token leaves the first row here.
          </EmptyState>
        ) : (
          <AuditTable rows={events} />
        )}
        <Pagination
          label="Pages of the audit log"
          {...(before ? { previousHref: `/a/${account}/audit` } : {})}
          {...(nextBeforeId ? { nextHref: `/a/${account}/audit?before=${nextBeforeId}` } : {})}
        />
      </Panel>
    </OwnerMain>
  );
}

import { ListOrdered } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { staffPageCtx } from "#app/_lib/context.ts";
import { chosenParams } from "#app/_lib/param.ts";
import { AuditTable } from "#app/_parts/audit-table.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { listAudit } from "#core/audit/list-audit.ts";
import { can } from "#core/frame/permissions.ts";
import { listViews } from "#core/personal-data/list-views.ts";
import { type AuditFilter, AuditFilterForm, auditFilter, inputOf, isNarrowed } from "./audit-filter.tsx";
import { subjectHref } from "./subject-href.ts";
import { ViewTable } from "./view-table.tsx";

export const metadata: Metadata = { title: "Audit" };

const params = z.object({
  view: z.enum(["acts", "views"]).catch("acts"),
  before: z.coerce.number().int().positive().optional().catch(undefined),
});

export default async function AuditPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const ctx = await staffPageCtx();
  if (!can(ctx.actor, "audit:read")) notFound();
  const given = await searchParams;
  const { view, before } = params.parse(given);
  const filter = auditFilter.parse(given);
  const cursor = before ? { beforeId: before } : {};
  const month = ctx.now.toISOString().slice(0, 7);
  return (
    <ShellMain crumbs={[{ label: "Audit" }]}>
      <PageHeader
        title="Audit"
        lead="Every change and every view of personal data. Rows are hash-chained: “gatehouse verify-audit” detects alterations."
        actions={
          <>
            <SegmentedLinks
              label="What"
              items={[
                { href: "/staff/audit", label: "Changes", active: view === "acts" },
                { href: "/staff/audit?view=views", label: "Views", active: view === "views" },
              ]}
            />
            {can(ctx.actor, "audit:export") ? (
              <>
                <ButtonLink href={`/staff/audit/csv?month=${month}`} prefetch={false}>
                  Export {month}
                </ButtonLink>
                <ButtonLink href={`/staff/audit/transparency?month=${month}`} prefetch={false}>
                  Transparency {month}
                </ButtonLink>
              </>
            ) : null}
          </>
        }
      />
      {view === "acts" ? (
        <Acts
          found={await listAudit.fromUnknown(ctx, { ...inputOf(filter), ...cursor })}
          filter={filter}
          before={before}
        />
      ) : null}
      {view === "views" ? <Views found={await listViews(ctx, cursor)} before={before} /> : null}
    </ShellMain>
  );
}

type ActsProps = {
  found: Awaited<ReturnType<typeof listAudit>>;
  filter: AuditFilter;
  before: number | undefined;
};

function Acts({ found, filter, before }: ActsProps) {
  const isFiltered = isNarrowed(filter);
  const address = (more: { before?: number } = {}) => `/staff/audit?${chosenParams({ ...filter, ...more })}`;
  return (
    <>
      <AuditFilterForm filter={filter} />
      {filter.subjectId ? (
        <p className="text-sm text-ink-2">
          Only what happened to {found.events[0]?.subjectName ?? filter.subjectId}.{" "}
          <TextLink href="/staff/audit">Show everything</TextLink>
        </p>
      ) : null}
      <Panel flush>
        {found.events.length === 0 ? (
          <EmptyState icon={<ListOrdered />} title={isFiltered ? "No matching changes" : "No changes yet"}>
            {isFiltered ? "Clear the filter to see all." : "Every change appears here."}
          </EmptyState>
        ) : (
          <AuditTable
            rows={found.events}
            subjectHref={subjectHref}
            accountHref={(accountId) => `/staff/accounts/${accountId}`}
          />
        )}
        <Pagination
          label="Pages of the audit"
          {...(before ? { previousHref: address() } : {})}
          {...(found.nextBeforeId ? { nextHref: address({ before: found.nextBeforeId }) } : {})}
        />
      </Panel>
    </>
  );
}

function Views({ found, before }: { found: Awaited<ReturnType<typeof listViews>>; before: number | undefined }) {
  return (
    <Panel flush>
      {found.views.length === 0 ? (
        <EmptyState icon={<ListOrdered />} title="No views yet">
          Opening a case or an account appears here, and so does showing a masked address.
        </EmptyState>
      ) : (
        <ViewTable rows={found.views} />
      )}
      <Pagination
        label="Pages of views"
        {...(before ? { previousHref: "/staff/audit?view=views" } : {})}
        {...(found.nextBeforeId ? { nextHref: `/staff/audit?view=views&before=${found.nextBeforeId}` } : {})}
      />
    </Panel>
  );
}

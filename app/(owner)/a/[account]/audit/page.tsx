import { Download, ListOrdered } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { memberPageCtx } from "#app/_lib/context.ts";
import { chosenParams, paramText } from "#app/_lib/param.ts";
import { AuditTable } from "#app/_parts/audit-table.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Select } from "#components/ui/select.tsx";
import { listAudit } from "#core/audit/list-audit.ts";
import { can } from "#core/frame/permissions.ts";
import { listOwnViews } from "#core/personal-data/list-own-views.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { StaffViews } from "./staff-views.tsx";

export const metadata: Metadata = { title: "Audit log" };

const day = z.iso.date().optional().catch(undefined);
const query = z.object({
  before: z.coerce.number().int().positive().optional().catch(undefined),
  action: paramText(60).optional().catch(undefined),
  actor: paramText(100).optional().catch(undefined),
  from: day,
  until: day,
});

/** What actions begin with, as people call it. */
const groups = [
  { value: "", label: "All" },
  { value: "token.", label: "Tokens" },
  { value: "member.", label: "Members" },
  { value: "integration.", label: "Integrations" },
  { value: "alert_rule.", label: "Alert rules" },
  { value: "alert.", label: "Alerts" },
  { value: "action.", label: "Actions" },
  { value: "export.", label: "Exports" },
  { value: "account.", label: "Account" },
];

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<unknown> };

export default async function AuditPage({ params, searchParams }: PageProps) {
  const { account } = await params;
  const ctx = await memberPageCtx(account);
  if (!can(ctx.actor, "audit:read")) notFound();
  const { before, action, actor, from, until } = query.parse(await searchParams);
  const filter = {
    ...(action ? { action } : {}),
    ...(actor ? { actor } : {}),
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
  };
  const { events, nextBeforeId } = await listAudit(ctx, { ...filter, ...(before ? { beforeId: before } : {}) });
  const views = await listOwnViews(ctx, {});
  const isFiltered = Object.keys(filter).length > 0;
  const address = (more: { before?: number } = {}) => `/a/${account}/audit?${chosenParams({ ...filter, ...more })}`;
  return (
    <OwnerMain page="Audit log">
      <PageHeader
        title="Audit log"
        lead="Every change to this account, by members and by the provider. Entries cannot be altered."
        actions={
          // A file and not a page: the router must not try to open it.
          <a
            href={`/a/${account}/audit/csv?${new URLSearchParams({ ...filter, limit: "5000" })}`}
            download
            className={buttonClass()}
          >
            <Download aria-hidden />
            CSV
          </a>
        }
      />
      <form method="get" autoComplete="off" className="flex flex-wrap items-end gap-3">
        <Field name="action" label="What">
          {(control) => <Select {...control} key={action} defaultValue={action ?? ""} options={groups} />}
        </Field>
        <Field name="actor" label="Who" className="w-40">
          {(control) => <Input {...control} key={actor} defaultValue={actor} autoComplete="off" />}
        </Field>
        <Field name="from" label="From, UTC">
          {(control) => <Input {...control} key={from} type="date" defaultValue={from} />}
        </Field>
        <Field name="until" label="To, UTC">
          {(control) => <Input {...control} key={until} type="date" defaultValue={until} />}
        </Field>
        <Button type="submit">Filter</Button>
        {isFiltered ? (
          <ButtonLink href={`/a/${account}/audit`} variant="ghost">
            Clear
          </ButtonLink>
        ) : null}
      </form>
      <Panel flush>
        {events.length === 0 ? (
          <EmptyState icon={<ListOrdered />} title={isFiltered ? "No matching events" : "No events yet"}>
            {isFiltered ? "Clear the filter to see all." : "Create a token to see the first event here."}
          </EmptyState>
        ) : (
          <AuditTable rows={events} />
        )}
        <Pagination
          label="Pages of the audit log"
          {...(before ? { previousHref: address() } : {})}
          {...(nextBeforeId ? { nextHref: address({ before: nextBeforeId }) } : {})}
        />
      </Panel>
      {views ? <StaffViews views={views} /> : null}
    </OwnerMain>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { staffPageCtx } from "#app/_lib/context.ts";
import { EndpointForm } from "#app/_parts/webhooks/endpoint-form.tsx";
import { EndpointsTable } from "#app/_parts/webhooks/endpoints-table.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { webhookEvents } from "#core/facts/webhook-events.ts";
import { can } from "#core/frame/permissions.ts";
import { listEndpoints } from "#core/webhooks/list-endpoints.ts";
import * as actions from "./actions.ts";

export const metadata: Metadata = { title: "Webhooks" };

export default async function StaffWebhooksPage() {
  const ctx = await staffPageCtx();
  if (!can(ctx.actor, "webhooks:read")) notFound();
  const endpoints = await listEndpoints(ctx, {});
  return (
    <ShellMain crumbs={[{ label: "Webhooks" }]}>
      <PageHeader
        title="Webhooks"
        lead="The provider's endpoints that receive flags, cases, actions and all account events."
        actions={
          can(ctx.actor, "webhooks:write") ? (
            <EndpointForm events={webhookEvents} actions={{ create: actions.create, edit: actions.edit }} />
          ) : null
        }
      />
      <Panel flush>
        <EndpointsTable endpoints={endpoints} base="/staff/webhooks" />
      </Panel>
    </ShellMain>
  );
}

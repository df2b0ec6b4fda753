import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { staffPageCtx } from "#app/_lib/context.ts";
import { foundOr404 } from "#app/_lib/found.ts";
import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { DeliveriesTable } from "#app/_parts/webhooks/deliveries-table.tsx";
import { EndpointActs } from "#app/_parts/webhooks/endpoint-acts.tsx";
import { EndpointState } from "#app/_parts/webhooks/endpoints-table.tsx";
import { isUnderWay, readEndpoint } from "#app/_parts/webhooks/read-endpoint.ts";
import { Banner } from "#components/ui/banner.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { webhookEvents } from "#core/facts/webhook-events.ts";
import { can } from "#core/frame/permissions.ts";
import * as actions from "../actions.ts";

export const metadata: Metadata = { title: "Webhook endpoint" };

export default async function StaffWebhookPage({ params }: { params: Promise<{ endpoint: string }> }) {
  const ctx = await staffPageCtx();
  const { endpoint: endpointId } = await params;
  if (!can(ctx.actor, "webhooks:read")) notFound();
  const { endpoint, deliveries } = await foundOr404(() => readEndpoint(ctx, endpointId));
  const mayChange = can(ctx.actor, "webhooks:write");
  return (
    <ShellMain crumbs={[{ label: "Webhooks", href: "/staff/webhooks" }, { label: "Endpoint" }]}>
      <KeepFresh seconds={isUnderWay(deliveries) ? 2 : 15} />
      <PageHeader
        title={<span className="break-all font-mono text-lg">{endpoint.url}</span>}
        lead={endpoint.description || "Deliveries of the last 30 days, newest first."}
        badge={<EndpointState disabledAt={endpoint.disabledAt} />}
        actions={
          mayChange ? <EndpointActs endpoint={endpoint} events={webhookEvents} actions={{ ...actions }} /> : null
        }
      />
      {endpoint.disabledReason ? (
        <Banner meaning="warning" title="It was disabled automatically.">
          {endpoint.disabledReason}
        </Banner>
      ) : null}
      <Panel flush>
        <DeliveriesTable deliveries={deliveries} resend={mayChange ? actions.resend : null} />
      </Panel>
    </ShellMain>
  );
}

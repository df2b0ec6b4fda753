import type { Metadata } from "next";
import { memberPageCtx } from "#app/_lib/context.ts";
import { foundOr404 } from "#app/_lib/found.ts";
import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { DeliveriesTable } from "#app/_parts/webhooks/deliveries-table.tsx";
import { EndpointActs } from "#app/_parts/webhooks/endpoint-acts.tsx";
import { EndpointState } from "#app/_parts/webhooks/endpoints-table.tsx";
import { isUnderWay, readEndpoint } from "#app/_parts/webhooks/read-endpoint.ts";
import { Banner } from "#components/ui/banner.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { accountEvents } from "#core/facts/webhook-events.ts";
import { can } from "#core/frame/permissions.ts";
import { OwnerMain } from "../../_frame/owner-main.tsx";
import * as actions from "../actions.ts";

export const metadata: Metadata = { title: "Webhook endpoint" };

type Props = { params: Promise<{ account: string; endpoint: string }> };

export default async function WebhookPage({ params }: Props) {
  const { account, endpoint: endpointId } = await params;
  const ctx = await memberPageCtx(account);
  const { endpoint, deliveries } = await foundOr404(() => readEndpoint(ctx, endpointId));
  const mayChange = can(ctx.actor, "webhooks:write");
  return (
    <OwnerMain page="Webhook endpoint">
      <KeepFresh seconds={isUnderWay(deliveries) ? 2 : 15} />
      <PageHeader
        title={<span className="break-all font-mono text-lg">{endpoint.url}</span>}
        lead={endpoint.description || "Deliveries of the last 30 days, newest first."}
        badge={<EndpointState disabledAt={endpoint.disabledAt} />}
        actions={
          mayChange ? (
            <EndpointActs endpoint={endpoint} events={accountEvents} actions={{ ...actions }} account={account} />
          ) : null
        }
      />
      {endpoint.disabledReason ? (
        <Banner meaning="warning" title="It was disabled automatically.">
          {endpoint.disabledReason}
        </Banner>
      ) : null}
      <Panel flush>
        <DeliveriesTable deliveries={deliveries} resend={mayChange ? actions.resend : null} account={account} />
      </Panel>
    </OwnerMain>
  );
}

import type { Metadata } from "next";
import { memberPageCtx } from "#app/_lib/context.ts";
import { EndpointForm } from "#app/_parts/webhooks/endpoint-form.tsx";
import { EndpointsTable } from "#app/_parts/webhooks/endpoints-table.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { accountEvents } from "#core/facts/webhook-events.ts";
import { can } from "#core/frame/permissions.ts";
import { listEndpoints } from "#core/webhooks/list-endpoints.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";
import * as actions from "./actions.ts";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage({ params }: { params: Promise<{ account: string }> }) {
  const { account } = await params;
  const ctx = await memberPageCtx(account);
  const endpoints = await listEndpoints(ctx, {});
  return (
    <OwnerMain page="Webhooks">
      <PageHeader
        title="Webhooks"
        lead="Your endpoints that receive events: a changed token, a quota nearly used up, an action taken."
        actions={
          can(ctx.actor, "webhooks:write") ? (
            <EndpointForm
              events={accountEvents}
              actions={{ create: actions.create, edit: actions.edit }}
              account={account}
            />
          ) : null
        }
      />
      <Panel flush>
        <EndpointsTable endpoints={endpoints} base={`/a/${account}/webhooks`} />
      </Panel>
    </OwnerMain>
  );
}

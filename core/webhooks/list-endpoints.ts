import { asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { webhookEndpoint } from "#db/schema/webhooks.ts";
import { query } from "../frame/define.ts";
import type { DeliveryState } from "../rules/vocabulary.ts";
import { webhooksOf } from "./webhooks-of.ts";

const countOf = (state: DeliveryState) =>
  sql<number>`(select count(*) from webhook_delivery d where d.endpoint_id = webhook_endpoint.id and d.state = ${state})::float8`;

/** The endpoints with how their deliveries went, oldest first. Never a secret. */
export const listEndpoints = query({
  permission: "webhooks:read",
  input: z.strictObject({ endpointId: z.uuid().optional() }),
  run: (ctx, { endpointId }) =>
    ctx.db
      .select({
        id: webhookEndpoint.id,
        url: webhookEndpoint.url,
        description: webhookEndpoint.description,
        events: webhookEndpoint.events,
        createdAt: webhookEndpoint.createdAt,
        disabledAt: webhookEndpoint.disabledAt,
        disabledReason: webhookEndpoint.disabledReason,
        version: webhookEndpoint.version,
        delivered: countOf("delivered"),
        waiting: countOf("waiting"),
        failed: countOf("failed"),
      })
      .from(webhookEndpoint)
      .where(
        sql`${webhooksOf(ctx, webhookEndpoint.accountId)} and ${endpointId ? eq(webhookEndpoint.id, endpointId) : sql`true`}`,
      )
      .orderBy(asc(webhookEndpoint.createdAt), asc(webhookEndpoint.id))
      .limit(100),
});

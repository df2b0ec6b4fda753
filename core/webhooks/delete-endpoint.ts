import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { webhookEndpoint } from "#db/schema/webhooks.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { webhooksOf } from "./webhooks-of.ts";

/** Removes an endpoint with its log of deliveries. */
export const deleteEndpoint = command({
  permission: "webhooks:write",
  input: z.strictObject({ endpointId: z.uuid() }),
  run: async (ctx, { endpointId }) => {
    const [gone] = await ctx.db
      .delete(webhookEndpoint)
      .where(and(eq(webhookEndpoint.id, endpointId), webhooksOf(ctx, webhookEndpoint.accountId)))
      .returning({ url: webhookEndpoint.url, accountId: webhookEndpoint.accountId });
    if (!gone) throw notFound("webhook endpoint");
    return gone;
  },
  happened: ({ endpointId }, { url, accountId }) =>
    fact("webhook.deleted", { subjectId: endpointId, accountId }, { url }),
});

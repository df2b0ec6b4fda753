import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { webhookDelivery, webhookEndpoint } from "#db/schema/webhooks.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { enqueue } from "../frame/queue.ts";
import { webhooksOf } from "./webhooks-of.ts";

/** Sends a delivery again now, with the same id and body, whatever came of it before; its tries begin anew. */
export const resendDelivery = command({
  permission: "webhooks:write",
  input: z.strictObject({ deliveryId: z.uuid() }),
  run: async (ctx, { deliveryId }) => {
    const mine = ctx.db
      .select({ id: webhookEndpoint.id })
      .from(webhookEndpoint)
      .where(webhooksOf(ctx, webhookEndpoint.accountId));
    const [found] = await ctx.db
      .update(webhookDelivery)
      .set({ state: "waiting", attempts: 0, nextAttemptAt: null, deliveredAt: null })
      .where(and(eq(webhookDelivery.id, deliveryId), inArray(webhookDelivery.endpointId, mine)))
      .returning({ endpointId: webhookDelivery.endpointId, accountId: webhookDelivery.accountId });
    if (!found) throw notFound("delivery");
    const [endpoint] = await ctx.db
      .select({ disabledAt: webhookEndpoint.disabledAt })
      .from(webhookEndpoint)
      .where(eq(webhookEndpoint.id, found.endpointId));
    if (endpoint?.disabledAt) throw new AppError("conflict", words.errors.deliveryEndpointOff);
    await enqueue(ctx.db, "deliver-webhook", { deliveryId });
    return found;
  },
  happened: ({ deliveryId }, { accountId }) => fact("webhook.resent", { subjectId: deliveryId, accountId }),
});

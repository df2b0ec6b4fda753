import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { webhookDelivery, webhookEndpoint } from "#db/schema/webhooks.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { testEvent } from "../facts/webhook-events.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { enqueue } from "../frame/queue.ts";
import { eventBody } from "./event-body.ts";
import { webhooksOf } from "./webhooks-of.ts";

/** Sends an event that means nothing, to see that the receiver takes it and checks its signature. */
export const sendTestEvent = command({
  permission: "webhooks:write",
  input: z.strictObject({ endpointId: z.uuid() }),
  run: async (ctx, { endpointId }) => {
    const [found] = await ctx.db
      .select({ accountId: webhookEndpoint.accountId, disabledAt: webhookEndpoint.disabledAt })
      .from(webhookEndpoint)
      .where(and(eq(webhookEndpoint.id, endpointId), webhooksOf(ctx, webhookEndpoint.accountId)));
    if (!found) throw notFound("webhook endpoint");
    if (found.disabledAt) throw new AppError("conflict", words.errors.endpointOff);
    const { accountId } = found;
    const [made] = await ctx.db
      .insert(webhookDelivery)
      .values({
        endpointId,
        accountId,
        type: testEvent,
        subjectId: endpointId,
        body: eventBody(testEvent, ctx.now, { accountId, message: words.records.deliveryTest }),
        createdAt: ctx.now,
      })
      .returning({ id: webhookDelivery.id });
    if (!made) throw new Error("The delivery row was not written.");
    await enqueue(ctx.db, "deliver-webhook", { deliveryId: made.id });
    return { deliveryId: made.id, accountId };
  },
  happened: ({ endpointId }, { accountId }) => fact("webhook.tested", { subjectId: endpointId, accountId }),
});

import { and, desc, eq, inArray, lt, or } from "drizzle-orm";
import { z } from "zod";
import { webhookAttempt, webhookDelivery, webhookEndpoint } from "#db/schema/webhooks.ts";
import { query } from "../frame/define.ts";
import { numberOrText, timeOrText } from "../frame/given-as-text.ts";
import { deliveryStates } from "../rules/vocabulary.ts";
import { webhooksOf } from "./webhooks-of.ts";

/** Deliveries, newest first, each with its tries: what was sent, what came back, and when the next try is due. */
export const listDeliveries = query({
  permission: "webhooks:read",
  input: z.strictObject({
    endpointId: z.uuid().optional(),
    deliveryId: z.uuid().optional(),
    state: z.enum(deliveryStates).optional(),
    before: z.strictObject({ createdAt: timeOrText(), id: z.uuid() }).optional(),
    limit: numberOrText(z.number().int().min(1).max(100)).default(50),
  }),
  run: async (ctx, { endpointId, deliveryId, state, before, limit }) => {
    const rows = await ctx.db
      .select({
        id: webhookDelivery.id,
        endpointId: webhookDelivery.endpointId,
        url: webhookEndpoint.url,
        type: webhookDelivery.type,
        subjectId: webhookDelivery.subjectId,
        body: webhookDelivery.body,
        state: webhookDelivery.state,
        attempts: webhookDelivery.attempts,
        isOutOfOrder: webhookDelivery.isOutOfOrder,
        nextAttemptAt: webhookDelivery.nextAttemptAt,
        createdAt: webhookDelivery.createdAt,
        deliveredAt: webhookDelivery.deliveredAt,
      })
      .from(webhookDelivery)
      .innerJoin(webhookEndpoint, eq(webhookEndpoint.id, webhookDelivery.endpointId))
      .where(
        and(
          webhooksOf(ctx, webhookEndpoint.accountId),
          endpointId ? eq(webhookDelivery.endpointId, endpointId) : undefined,
          deliveryId ? eq(webhookDelivery.id, deliveryId) : undefined,
          state ? eq(webhookDelivery.state, state) : undefined,
          before
            ? or(
                lt(webhookDelivery.createdAt, before.createdAt),
                and(eq(webhookDelivery.createdAt, before.createdAt), lt(webhookDelivery.id, before.id)),
              )
            : undefined,
        ),
      )
      .orderBy(desc(webhookDelivery.createdAt), desc(webhookDelivery.id))
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const ids = page.map((row) => row.id);
    const tries =
      ids.length === 0
        ? []
        : await ctx.db
            .select({
              deliveryId: webhookAttempt.deliveryId,
              at: webhookAttempt.at,
              status: webhookAttempt.status,
              answer: webhookAttempt.answer,
              error: webhookAttempt.error,
              durationMs: webhookAttempt.durationMs,
              requestHeaders: webhookAttempt.requestHeaders,
            })
            .from(webhookAttempt)
            .where(inArray(webhookAttempt.deliveryId, ids))
            .orderBy(desc(webhookAttempt.at));
    const last = page.at(-1);
    return {
      deliveries: page.map((row) => ({
        ...row,
        nextAttemptAt: row.state === "waiting" ? row.nextAttemptAt : null,
        tries: tries.filter((one) => one.deliveryId === row.id),
      })),
      next: rows.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null,
    };
  },
});

export type Delivery = Awaited<ReturnType<typeof listDeliveries>>["deliveries"][number];

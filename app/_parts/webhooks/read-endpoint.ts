import "server-only";
import type { Ctx } from "#core/frame/context.ts";
import { notFound } from "#core/frame/errors.ts";
import { type Delivery, listDeliveries } from "#core/webhooks/list-deliveries.ts";
import { listEndpoints } from "#core/webhooks/list-endpoints.ts";

/** One endpoint with its latest deliveries; throws `not_found` when it is not the actor's. */
export async function readEndpoint(ctx: Ctx, endpointId: string) {
  const [endpoint] = await listEndpoints.fromUnknown(ctx, { endpointId });
  if (!endpoint) throw notFound("webhook endpoint");
  const { deliveries } = await listDeliveries(ctx, { endpointId, limit: 100 });
  return { endpoint, deliveries };
}

/** Whether one of them is about to be tried for the first time: its outcome is there in a moment. */
export function isUnderWay(deliveries: readonly Delivery[]): boolean {
  return deliveries.some((one) => one.state === "waiting" && one.attempts === 0);
}

import { webhookEndpoint, webhookSecret } from "#db/schema/webhooks.ts";
import * as words from "#words/words.ts";
import { reachableNetworks } from "../accounts/reachable-networks.ts";
import { seal } from "../auth/seal.ts";
import { fact } from "../facts/fact.ts";
import { isToldOf } from "../facts/webhook-events.ts";
import { atMost } from "../frame/at-most.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { whyNeverReached } from "../runtime/guarded-request.ts";
import { endpointInput } from "./endpoint-input.ts";
import { newWebhookSecret } from "./sign.ts";
import { webhookOwner, webhooksOf } from "./webhooks-of.ts";

const mostEndpoints = 20;
export const secretPurpose = "webhook secret";

/** Adds an address that is told of events. The result holds its signing secret, which can be looked at again by rotating only. */
export const createEndpoint = command({
  permission: "webhooks:write",
  input: endpointInput,
  run: async (ctx, input) => {
    const accountId = webhookOwner(ctx);
    refuseEvents(accountId, input.events);
    await refuseUnreachable(ctx, accountId, input.url);
    await refuseTooMany(ctx, accountId);
    const [made] = await ctx.db
      .insert(webhookEndpoint)
      .values({ ...input, accountId, createdAt: ctx.now })
      .returning({ id: webhookEndpoint.id });
    if (!made) throw new Error("The endpoint row was not written.");
    const secret = newWebhookSecret();
    await ctx.db
      .insert(webhookSecret)
      .values({ endpointId: made.id, sealed: seal(secretPurpose, made.id, secret), createdAt: ctx.now });
    return { endpointId: made.id, accountId, secret };
  },
  happened: ({ url, events }, { endpointId, accountId }) =>
    fact("webhook.created", { subjectId: endpointId, accountId }, { url, events }),
});

/** Throws `invalid` for events that such an endpoint is never told of. */
export function refuseEvents(accountId: string | null, events: readonly string[]): void {
  const foreign = events.find((type) => !isToldOf(type, "everyone", { isProvider: accountId === null, chosen: [] }));
  if (foreign) throw invalid("events", words.errors.eventOfProvider(foreign));
}

/** Delivery looks at the address again, with what its name points to then. Throws `invalid`. */
export async function refuseUnreachable(ctx: Ctx, accountId: string | null, url: string): Promise<void> {
  const why = whyNeverReached(url, await reachableNetworks(ctx.db, accountId));
  if (why) throw invalid("url", why);
}

async function refuseTooMany(ctx: Ctx, accountId: string | null): Promise<void> {
  await atMost(ctx, {
    ...{ accountId, what: "webhook endpoints", most: mostEndpoints },
    count: () => ctx.db.$count(webhookEndpoint, webhooksOf(ctx, webhookEndpoint.accountId)),
    refusal: new AppError("conflict", words.errors.tooManyEndpoints(mostEndpoints)),
  });
}

import { z } from "zod";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { changeEndpoint } from "./change-endpoint.ts";
import { refuseEvents, refuseUnreachable } from "./create-endpoint.ts";
import { endpointInput } from "./endpoint-input.ts";
import { webhookOwner } from "./webhooks-of.ts";

const which = { endpointId: z.uuid(), version: numberOrText(z.number().int()).optional() };

export const editEndpoint = command({
  permission: "webhooks:write",
  input: endpointInput.extend(which),
  run: async (ctx, { endpointId, version, ...values }) => {
    const accountId = webhookOwner(ctx);
    refuseEvents(accountId, values.events);
    await refuseUnreachable(ctx, accountId, values.url);
    return changeEndpoint(ctx, endpointId, version, values);
  },
  happened: ({ endpointId: _id, version: _version, ...values }, { id, accountId, was }) =>
    fact("webhook.edited", { subjectId: id, accountId }, { url: values.url, changes: changesBetween(was, values) }),
});

/** Stops sending. What waits is skipped when its turn comes. */
export const disableEndpoint = command({
  permission: "webhooks:write",
  input: z.strictObject(which),
  run: (ctx, { endpointId, version }) =>
    changeEndpoint(ctx, endpointId, version, { disabledAt: ctx.now, disabledReason: null }),
  happened: (_input, { id, url, accountId }) => fact("webhook.disabled", { subjectId: id, accountId }, { url }),
});

/** Sends again from now on; what was missed can be sent again one by one. */
export const enableEndpoint = command({
  permission: "webhooks:write",
  input: z.strictObject(which),
  run: (ctx, { endpointId, version }) =>
    changeEndpoint(ctx, endpointId, version, { disabledAt: null, disabledReason: null }),
  happened: (_input, { id, url, accountId }) => fact("webhook.enabled", { subjectId: id, accountId }, { url }),
});

"use server";

import { action } from "#app/_lib/action.ts";
import { createEndpoint } from "#core/webhooks/create-endpoint.ts";
import { deleteEndpoint } from "#core/webhooks/delete-endpoint.ts";
import { disableEndpoint, editEndpoint, enableEndpoint } from "#core/webhooks/edit-endpoint.ts";
import { resendDelivery } from "#core/webhooks/resend-delivery.ts";
import { rotateWebhookSecret } from "#core/webhooks/rotate-webhook-secret.ts";
import { sendTestEvent } from "#core/webhooks/send-test-event.ts";

const revalidate = ["/a/[account]/webhooks", "/a/[account]/webhooks/[endpoint]"];

/** The secret goes to the browser once, into a dialog's memory and no form's state. */
export const create = action(createEndpoint, { as: "member", revalidate, show: ({ secret }) => ({ secret }) });
export const rotate = action(rotateWebhookSecret, { as: "member", revalidate, show: ({ secret }) => ({ secret }) });
export const edit = action(editEndpoint, { as: "member", revalidate });
export const enable = action(enableEndpoint, { as: "member", revalidate });
export const disable = action(disableEndpoint, { as: "member", revalidate });
export const remove = action(deleteEndpoint, { as: "member", revalidate });
export const test = action(sendTestEvent, { as: "member", revalidate });
export const resend = action(resendDelivery, { as: "member", revalidate });

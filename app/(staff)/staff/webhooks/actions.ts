"use server";

import { action } from "#app/_lib/action.ts";
import { createEndpoint } from "#core/webhooks/create-endpoint.ts";
import { deleteEndpoint } from "#core/webhooks/delete-endpoint.ts";
import { disableEndpoint, editEndpoint, enableEndpoint } from "#core/webhooks/edit-endpoint.ts";
import { resendDelivery } from "#core/webhooks/resend-delivery.ts";
import { rotateWebhookSecret } from "#core/webhooks/rotate-webhook-secret.ts";
import { sendTestEvent } from "#core/webhooks/send-test-event.ts";

const revalidate = ["/staff/webhooks", "/staff/webhooks/[endpoint]"];

/** The secret goes to the browser once, into a dialog's memory and no form's state. */
export const create = action(createEndpoint, { as: "staff", revalidate, show: ({ secret }) => ({ secret }) });
export const rotate = action(rotateWebhookSecret, { as: "staff", revalidate, show: ({ secret }) => ({ secret }) });
export const edit = action(editEndpoint, { as: "staff", revalidate });
export const enable = action(enableEndpoint, { as: "staff", revalidate });
export const disable = action(disableEndpoint, { as: "staff", revalidate });
export const remove = action(deleteEndpoint, { as: "staff", revalidate, redirectTo: () => "/staff/webhooks" });
export const test = action(sendTestEvent, { as: "staff", revalidate });
export const resend = action(resendDelivery, { as: "staff", revalidate });

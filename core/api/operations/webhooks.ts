import { z } from "zod";
import { deliveryStates } from "../../rules/vocabulary.ts";
import { createEndpoint } from "../../webhooks/create-endpoint.ts";
import { deleteEndpoint } from "../../webhooks/delete-endpoint.ts";
import { disableEndpoint, editEndpoint, enableEndpoint } from "../../webhooks/edit-endpoint.ts";
import { listDeliveries } from "../../webhooks/list-deliveries.ts";
import { listEndpoints } from "../../webhooks/list-endpoints.ts";
import { resendDelivery } from "../../webhooks/resend-delivery.ts";
import { rotateWebhookSecret } from "../../webhooks/rotate-webhook-secret.ts";
import { sendTestEvent } from "../../webhooks/send-test-event.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Webhooks";
const endpointPath = "/webhooks/{endpointId}";
const version = z.number().int();
const changedShape = z.object({ id: uuid, url: z.string(), version });
const changed = { id: exampleIds.flag, url: "https://hooks.example.com/gatehouse", version: 2 };
const input = {
  url: "https://hooks.example.com/gatehouse",
  description: "Billing",
  events: ["token.leaked", "action.applied"],
};

export const webhookOperations = [
  operation({
    id: "webhooks.list",
    method: "GET",
    path: "/webhooks",
    tag,
    summary: "List endpoints",
    description: "The account's own; the provider's with a staff key.",
    useCase: listEndpoints,
    output: z.object({
      id: uuid,
      url: z.string(),
      description: z.string(),
      events: z.array(z.string()).describe("Empty = all."),
      createdAt: instant,
      disabledAt: instant.nullable(),
      disabledReason: z.string().nullable(),
      version,
      delivered: count,
      waiting: count,
      failed: count,
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: {
        ...changed,
        description: "",
        events: ["token.leaked", "action.applied"],
        createdAt: "2026-11-01T08:30:00.000Z",
        disabledAt: null,
        disabledReason: null,
        delivered: 12,
        waiting: 0,
        failed: 0,
      },
    },
  }),
  operation({
    id: "webhooks.create",
    method: "POST",
    path: "/webhooks",
    tag,
    summary: "Add an endpoint",
    description: "The response is the only place the signing secret is shown. Signatures follow Standard Webhooks.",
    useCase: createEndpoint,
    status: 201,
    output: z.object({ endpointId: uuid, secret: z.string() }),
    example: { input, output: { endpointId: exampleIds.flag, secret: "whsec_…" } },
  }),
  operation({
    id: "webhooks.update",
    method: "PUT",
    path: endpointPath,
    tag,
    summary: "Change an endpoint",
    useCase: editEndpoint,
    isReplacing: true,
    version: (result) => result.version,
    output: changedShape,
    example: { input, output: changed },
  }),
  operation({
    id: "webhooks.disable",
    method: "POST",
    path: `${endpointPath}/disable`,
    tag,
    summary: "Turn an endpoint off",
    useCase: disableEndpoint,
    version: (result) => result.version,
    output: changedShape,
    example: { output: changed },
  }),
  operation({
    id: "webhooks.enable",
    method: "POST",
    path: `${endpointPath}/enable`,
    tag,
    summary: "Turn an endpoint on",
    useCase: enableEndpoint,
    version: (result) => result.version,
    output: changedShape,
    example: { output: changed },
  }),
  operation({
    id: "webhooks.rotateSecret",
    method: "POST",
    path: `${endpointPath}/rotate-secret`,
    tag,
    summary: "Rotate the signing secret",
    description: "Deliveries carry both signatures for `overlapHours` (default 24).",
    useCase: rotateWebhookSecret,
    status: 201,
    output: z.object({ id: uuid, secret: z.string(), retiresAt: instant }),
    example: {
      input: { overlapHours: 24 },
      output: { id: exampleIds.flag, secret: "whsec_…", retiresAt: "2026-11-25T10:00:00.000Z" },
    },
  }),
  operation({
    id: "webhooks.test",
    method: "POST",
    path: `${endpointPath}/test`,
    tag,
    summary: "Send a test event",
    useCase: sendTestEvent,
    status: 201,
    output: z.object({ deliveryId: uuid }),
    example: { output: { deliveryId: exampleIds.case } },
  }),
  operation({
    id: "webhooks.delete",
    method: "DELETE",
    path: endpointPath,
    tag,
    summary: "Delete an endpoint and its log",
    useCase: deleteEndpoint,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "webhooks.deliveries",
    method: "GET",
    path: "/webhook-deliveries",
    tag,
    summary: "List deliveries with their attempts, newest first",
    useCase: listDeliveries,
    output: z.object({
      id: uuid,
      endpointId: uuid,
      type: z.string(),
      state: z.enum(deliveryStates),
      attempts: count,
      isOutOfOrder: z.boolean(),
      body: z.string(),
      createdAt: instant,
      deliveredAt: instant.nullable(),
      nextAttemptAt: instant.nullable(),
      tries: z.array(
        z.object({
          at: instant,
          status: z.number().int().nullable(),
          answer: z.string(),
          error: z.string().nullable(),
          durationMs: count,
        }),
      ),
    }),
    list: {
      items: (result) => result.deliveries,
      page: {
        input: (limit, cursor) => {
          const [createdAt = "", id = ""] = cursor?.split(" ") ?? [];
          return cursor === null ? { limit } : { limit, before: { createdAt, id } };
        },
        next: ({ next }) => (next === null ? null : `${next.createdAt.toISOString()} ${next.id}`),
      },
    },
    example: {
      output: {
        id: exampleIds.case,
        endpointId: exampleIds.flag,
        type: "action.applied",
        state: "delivered",
        attempts: 1,
        isOutOfOrder: false,
        body: '{"type":"action.applied","timestamp":"2026-11-24T10:20:00.000Z","data":{}}',
        createdAt: "2026-11-24T10:20:01.000Z",
        deliveredAt: "2026-11-24T10:20:01.120Z",
        nextAttemptAt: null,
        tries: [{ at: "2026-11-24T10:20:01.000Z", status: 200, answer: "ok", error: null, durationMs: 84 }],
      },
    },
  }),
  operation({
    id: "webhooks.resend",
    method: "POST",
    path: "/webhook-deliveries/{deliveryId}/resend",
    tag,
    summary: "Resend a delivery",
    useCase: resendDelivery,
    status: 204,
    output: null,
    example: { output: null },
  }),
];

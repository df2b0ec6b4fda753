import { z } from "zod";
import { catalogue, type FactName, type WebhookEvent, webhookCatalogue } from "../facts/catalogue.ts";
import { subjectIdName } from "../facts/declare.ts";
import { testEvent } from "../facts/webhook-events.ts";

type Json = Record<string, unknown>;

/** The `webhooks` of the OpenAPI document: every event that endpoints receive, from the catalogue of facts. */
export function describeWebhooks(): Json {
  const events = webhookCatalogue.map((event) => [event.type, entryOf(event)]);
  return { ...Object.fromEntries(events), [testEvent]: testWebhook };
}

/** Rows of the table in docs/webhooks.md: event, its fields beside `accountId`, `accountExternalId` and `sequence`, and when it is sent. */
export function webhookTable(): string {
  const rows = webhookCatalogue.map((event) => {
    const whose = event.audience === "staff" ? " The provider's endpoints only." : "";
    const fields = fieldsOf(event).map((name) => `\`${name}\``);
    return `| \`${event.type}\` | ${fields.join(", ")} | ${meanings(event)}${whose} |`;
  });
  const test = `| \`${testEvent}\` | \`message\` | Sent by the test button, whatever \`events\` says; without \`sequence\`. |`;
  return ["| Event | Fields of `data` | Sent when |", "|---|---|---|", ...rows, test].join("\n");
}

function fieldsOf({ facts }: WebhookEvent): string[] {
  const [name, { sends }] = firstOf(facts);
  return [subjectIdName(catalogue[name].subject), ...sends];
}

function meanings({ facts }: WebhookEvent): string {
  return [...new Set(facts.map(([, { says }]) => says))].join(" ");
}

function firstOf(facts: WebhookEvent["facts"]): WebhookEvent["facts"][number] {
  const [first] = facts;
  if (!first) throw new Error("An event without a fact.");
  return first;
}

function entryOf(event: WebhookEvent): Json {
  const [name, { sends }] = firstOf(event.facts);
  const subjectId = subjectIdName(catalogue[name].subject);
  const data = dataSchema(name, sends);
  return webhook(event.type, meanings(event), {
    type: "object",
    required: ["accountId", "accountExternalId", "sequence", subjectId, ...data.required],
    properties: {
      accountId: { type: ["string", "null"], format: "uuid", description: "Null = it concerns no account." },
      accountExternalId: { type: ["string", "null"], description: "Your own id of the account; null = it has none." },
      sequence: { type: "integer", description: "Increases with every event." },
      [subjectId]: { type: "string" },
      ...data.properties,
    },
  });
}

const testWebhook = webhook(testEvent, "Sent by the test button.", {
  type: "object",
  required: ["accountId", "message"],
  properties: { accountId: { type: ["string", "null"], format: "uuid" }, message: { type: "string" } },
});

function webhook(type: string, says: string, data: Json): Json {
  const header = (name: string, description: string) => ({
    ...{ name, in: "header", required: true, description, schema: { type: "string" } },
  });
  return {
    post: {
      operationId: `on ${type}`.replace(/[ ._]+(\w)/g, (_, letter: string) => letter.toUpperCase()),
      tags: ["Webhooks"],
      summary: type,
      description: says,
      security: [],
      parameters: [
        header("webhook-id", "The same for every attempt. Use it to skip duplicates."),
        header("webhook-timestamp", "When this attempt was sent, in seconds since 1970."),
        header("webhook-signature", "Standard Webhooks, `v1,…`; two, separated by a space, while a secret is rotated."),
      ],
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: {
              type: "object",
              required: ["type", "timestamp", "data"],
              properties: {
                type: { type: "string", const: type },
                timestamp: { type: "string", format: "date-time", description: "When it happened." },
                data,
              },
            },
          },
        },
      },
      responses: {
        "200": { description: "Any 2xx within 15 seconds: received." },
        "410": { description: "Turns the endpoint off." },
      },
    },
  };
}

function dataSchema(name: FactName, sends: readonly string[]): { properties: Json; required: string[] } {
  const { data } = catalogue[name];
  if (!(data instanceof z.ZodObject)) return { properties: {}, required: [] };
  const { properties = {}, required = [] } = z.toJSONSchema(data, { io: "input" });
  const sent = Object.entries(properties).filter(([field]) => sends.includes(field));
  return { properties: Object.fromEntries(sent), required: required.filter((field) => sends.includes(field)) };
}

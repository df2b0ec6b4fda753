import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { deliveryStates } from "../../core/rules/vocabulary.ts";
import { account } from "./accounts.ts";
import { createdAt, instant, oneOf } from "./columns.ts";

/** Where events are sent: of one account, or of all accounts and the desk itself for the provider's own. */
export const webhookEndpoint = pgTable(
  "webhook_endpoint",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Null = the provider's own. */
    accountId: uuid().references(() => account.id),
    url: text().notNull(),
    description: text().notNull().default(""),
    /** Event types; empty = all it may get. */
    events: text().array().notNull(),
    createdAt: createdAt(),
    /** Set = nothing is sent. */
    disabledAt: instant(),
    /** Why, when it was not switched off by a person. */
    disabledReason: text(),
    /** Optimistic lock. */
    version: integer().notNull().default(1),
  },
  (t) => [index("webhook_endpoint_by_account").on(t.accountId)],
);

/** Signing secrets of an endpoint: one, or two during a rotation. */
export const webhookSecret = pgTable(
  "webhook_secret",
  {
    id: uuid().primaryKey().defaultRandom(),
    endpointId: uuid()
      .notNull()
      .references(() => webhookEndpoint.id, { onDelete: "cascade" }),
    /** `whsec_…`, sealed with a key made from AUTH_SECRET: signing needs it whole. */
    sealed: text().notNull(),
    createdAt: createdAt(),
    /** From then on it signs no more; null = the current one. */
    retiresAt: instant(),
  },
  (t) => [index("webhook_secret_by_endpoint").on(t.endpointId)],
);

/** One event for one endpoint. */
export const webhookDelivery = pgTable(
  "webhook_delivery",
  {
    /** Sent as `webhook-id`, the same with every try. */
    id: uuid().primaryKey().defaultRandom(),
    endpointId: uuid()
      .notNull()
      .references(() => webhookEndpoint.id, { onDelete: "cascade" }),
    accountId: uuid(),
    /** outbox_event.id, which is the order of events; null = a test event. */
    eventId: bigint({ mode: "number" }),
    type: text().notNull(),
    /** What the event is about; events of one subject are delivered in order while that is possible. */
    subjectId: text().notNull(),
    /** The exact body that is signed and sent. */
    body: text().notNull(),
    state: text({ enum: deliveryStates }).notNull().default("waiting"),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant(),
    /** True = an earlier event of its subject was still undelivered when this one was sent. */
    isOutOfOrder: boolean().notNull().default(false),
    createdAt: createdAt(),
    deliveredAt: instant(),
  },
  (t) => [
    uniqueIndex("webhook_delivery_unique").on(t.endpointId, t.eventId),
    index("webhook_delivery_by_endpoint").on(t.endpointId, t.createdAt),
    index("webhook_delivery_by_subject").on(t.endpointId, t.subjectId, t.state),
    oneOf("webhook_delivery_state", t.state, deliveryStates),
  ],
);

/** One try of a delivery, with what was sent and what came back. */
export const webhookAttempt = pgTable(
  "webhook_attempt",
  {
    id: uuid().primaryKey().defaultRandom(),
    deliveryId: uuid()
      .notNull()
      .references(() => webhookDelivery.id, { onDelete: "cascade" }),
    at: createdAt(),
    /** HTTP status; null = there was no answer. */
    status: integer(),
    /** Beginning of the answer, at most 1,000 characters. */
    answer: text().notNull().default(""),
    /** Why there was no answer; null = there was one. */
    error: text(),
    durationMs: integer().notNull(),
    /** Headers as sent, without the signature. */
    requestHeaders: jsonb().notNull(),
  },
  (t) => [index("webhook_attempt_by_delivery").on(t.deliveryId, t.at)],
);

import { bigint, index, inet, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { actorKinds, eventReaches } from "../../core/rules/vocabulary.ts";
import { createdAt, instant, oneOf } from "./columns.ts";

/** Who did what, when. Append only and hash-chained: each row's hash covers the one before it. */
export const auditEvent = pgTable(
  "audit_event",
  {
    /** Without gaps, in commit order: the writer holds a lock. */
    id: bigint({ mode: "number" }).primaryKey(),
    at: instant().notNull(),
    /** Null = concerns no account. */
    accountId: uuid(),
    actorKind: text({ enum: actorKinds }).notNull(),
    actorUserId: uuid(),
    actorName: text().notNull(),
    /** `token.create`, `action.lift` … */
    action: text().notNull(),
    subjectKind: text().notNull(),
    subjectId: text().notNull(),
    /** Facts of the change, without secrets. */
    data: jsonb().notNull(),
    requestId: text().notNull(),
    ip: inet(),
    /**
     * Random and hashed with the row, so that nobody can guess what an erased row held from its hash. Null = erased, or from before
     * there were salts.
     */
    salt: text(),
    /** The erasure that took what was personal out of this row: its hash is that of the row as it was, and the erasure seals what is left. */
    erasureId: uuid(),
    /** SHA-256, hex, over the previous hash and this row. */
    hash: text().notNull(),
  },
  (t) => [
    index("audit_event_by_account").on(t.accountId, t.id),
    index("audit_event_by_subject").on(t.subjectKind, t.subjectId),
    oneOf("audit_event_actor", t.actorKind, actorKinds),
  ],
);

/** Events for the outside, written in the transaction of their cause and delivered afterwards. */
export const outboxEvent = pgTable(
  "outbox_event",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** `token.created`, `action.applied`, `flag.opened` … */
    type: text().notNull(),
    accountId: uuid(),
    /** Whose endpoints hear of it. An action without notice reaches the provider's only. */
    reach: text({ enum: eventReaches }).notNull().default("everyone"),
    /** Ids and facts, never secrets. */
    payload: jsonb().notNull(),
    createdAt: createdAt(),
    deliveredAt: instant(),
  },
  (t) => [index("outbox_event_waiting").on(t.deliveredAt, t.id), oneOf("outbox_event_reach", t.reach, eventReaches)],
);

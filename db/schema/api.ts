import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { leakOutcomes, staffKeyKinds } from "../../core/rules/vocabulary.ts";
import { account } from "./accounts.ts";
import { user } from "./auth.ts";
import { bytea, createdAt, instant, oneOf } from "./columns.ts";
import { token } from "./tokens.ts";

/** A credential with which a staff person or their automation calls the REST API, with that person's role and the scopes given here. */
export const staffKey = pgTable(
  "staff_key",
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    /** Whose acts these are; when they stop being staff the key stops working. */
    userId: uuid()
      .notNull()
      .references(() => user.id),
    kind: text({ enum: staffKeyKinds }).notNull().default("automation"),
    scopes: text().array().notNull(),
    /** SHA-256 of the whole key. */
    hash: bytea().notNull(),
    preview: text().notNull(),
    createdAt: createdAt(),
    /** Null = never. */
    expiresAt: instant(),
    revokedAt: instant(),
    /** Set = refused until its owner unpauses it: their password was reset by mail. */
    pausedAt: instant(),
    /** To the minute. */
    lastUsedAt: instant(),
  },
  (t) => [uniqueIndex("staff_key_hash_unique").on(t.hash), oneOf("staff_key_kind", t.kind, staffKeyKinds)],
);

/** Answers of POSTs with an Idempotency-Key, kept for 24 hours. */
export const idempotentAnswer = pgTable(
  "idempotent_answer",
  {
    /** Token or staff key that called. */
    callerId: uuid().notNull(),
    /** SHA-256, hex, of the Idempotency-Key. */
    keyHash: text().notNull(),
    /** SHA-256, hex, of method, path and body. */
    requestHash: text().notNull(),
    /** Null = the first request with this key is still running. */
    status: integer(),
    /** Sealed with what only the caller has, since an answer may hold a secret. */
    sealedBody: bytea(),
    headers: jsonb(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.callerId, t.keyHash] }), index("idempotent_answer_by_age").on(t.createdAt)],
);

/** A token that somebody reported as found in public. Repeat-safe: one row per token text and place. */
export const leakReport = pgTable(
  "leak_report",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** SHA-256 of the reported text; the text itself is not kept. */
    hash: bytea().notNull(),
    /** `github` or `form`. */
    reporter: text().notNull(),
    /** Web address where it was found; empty = not said. */
    url: text().notNull().default(""),
    /** Kind of place in the reporter's words, like `commit`. */
    source: text().notNull().default(""),
    /** Null = unknown token. */
    tokenId: uuid().references(() => token.id),
    accountId: uuid().references(() => account.id),
    outcome: text({ enum: leakOutcomes }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("leak_report_unique").on(t.hash, t.url),
    index("leak_report_by_account").on(t.accountId, t.createdAt),
    oneOf("leak_report_outcome", t.outcome, leakOutcomes),
  ],
);

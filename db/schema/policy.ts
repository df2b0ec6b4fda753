import { integer, jsonb, pgTable, serial, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** A document customers agree to. Lower precedence number wins in a conflict. */
export const policyDocument = pgTable(
  "policy_document",
  { id: serial().primaryKey(), slug: text().notNull(), title: text().notNull(), precedence: integer().notNull() },
  (t) => [uniqueIndex("policy_document_slug_unique").on(t.slug)],
);

export const policyVersion = pgTable(
  "policy_version",
  {
    id: serial().primaryKey(),
    documentId: integer()
      .notNull()
      .references(() => policyDocument.id),
    /** 1, 2, 3 … within the document. */
    number: integer().notNull(),
    effectiveAt: instant().notNull(),
    /** [{ number, title, text }] */
    clauses: jsonb().notNull(),
  },
  (t) => [uniqueIndex("policy_version_number_unique").on(t.documentId, t.number)],
);

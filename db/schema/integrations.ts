import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { account } from "./accounts.ts";
import { user } from "./auth.ts";
import { createdAt, instant } from "./columns.ts";

/** A program of the customer that uses the API, with what a privacy question about it needs. */
export const integration = pgTable(
  "integration",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    name: text().notNull(),
    purpose: text().notNull(),
    contactEmail: text().notNull(),
    /** Null = it has none, which is shown as missing when it collects data. */
    privacyPolicyUrl: text(),
    /** Words of `collectedData`; empty = it collects nothing about people. */
    dataCollected: text().array().notNull(),
    /** When the page was last asked for; null = not yet since the address was set. */
    policyCheckedAt: instant(),
    /** What was wrong at that check, as a sentence; null = the page was there. */
    policyProblem: text(),
    /** The first check of the present run of failures. */
    policyFailingSince: instant(),
    /** Null = at once. */
    policyNextCheckAt: instant(),
    createdAt: createdAt(),
    /** Set = no longer in use; its tokens keep pointing at it. */
    archivedAt: instant(),
    /** Optimistic lock of edits. */
    version: integer().notNull().default(1),
    updatedAt: createdAt(),
    updatedByUserId: uuid().references(() => user.id),
  },
  (t) => [
    index("integration_by_account").on(t.accountId, t.createdAt),
    index("integration_policy_due")
      .on(t.policyNextCheckAt)
      .where(sql`archived_at is null and privacy_policy_url is not null`),
  ],
);

import { bigint, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { exportStates } from "../../core/rules/vocabulary.ts";
import { account } from "./accounts.ts";
import { user } from "./auth.ts";
import { bytea, createdAt, instant, oneOf } from "./columns.ts";

/** One archive with all data of an account. */
export const accountExport = pgTable(
  "account_export",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    requestedByUserId: uuid().references(() => user.id),
    state: text({ enum: exportStates }).notNull(),
    /** Files finished and files in all. */
    filesDone: integer().notNull().default(0),
    filesTotal: integer().notNull().default(0),
    rows: bigint({ mode: "number" }).notNull().default(0),
    bytes: bigint({ mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
    finishedAt: instant(),
    /** The archive is removed then; the row stays. */
    expiresAt: instant(),
  },
  (t) => [
    index("account_export_by_account").on(t.accountId, t.createdAt),
    oneOf("account_export_state", t.state, exportStates),
  ],
);

/** The archive's bytes in order; kept in the database, so that any web process can hand it out. */
export const exportChunk = pgTable(
  "export_chunk",
  {
    exportId: uuid()
      .notNull()
      .references(() => accountExport.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    bytes: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.exportId, t.position] })],
);

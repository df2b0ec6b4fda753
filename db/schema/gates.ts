import { bigint, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** A gate process. Live = seen in the last 5 seconds. */
export const gate = pgTable("gate", {
  id: text().primaryKey(),
  /** Process id on its machine, for the operator. */
  pid: integer().notNull(),
  startedAt: instant().notNull(),
  lastSeenAt: instant().notNull(),
  /** Decisions since it started. */
  decisions: bigint({ mode: "number" }).notNull().default(0),
  /** Bytes of journal not yet counted. */
  journalLagBytes: bigint({ mode: "number" }).notNull().default(0),
  stoppedAt: instant(),
});

/** A gate says it has applied an account's standing version. Written by the gate, read by staff screens and the worker. */
export const standingConfirmation = pgTable(
  "standing_confirmation",
  {
    accountId: uuid().notNull(),
    gateId: text().notNull(),
    standingVersion: bigint({ mode: "number" }).notNull(),
    confirmedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.gateId, t.standingVersion] })],
);

import { index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { intakeDoors, intakeRefusals, intakeStates } from "../../core/rules/vocabulary-intake.ts";
import { report } from "./abuse.ts";
import { bytea, createdAt, oneOf } from "./columns.ts";

/** Each message to the report mailbox, once however often it is delivered: which report it became, or why it became none. */
export const mailIntake = pgTable(
  "mail_intake",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** SHA-256 of its Message-ID and what follows its headers; of the whole where it could not be read. */
    digest: bytea().notNull(),
    door: text({ enum: intakeDoors }).notNull(),
    state: text({ enum: intakeStates }).notNull(),
    refusal: text({ enum: intakeRefusals }),
    fromAddress: text(),
    subject: text(),
    sizeBytes: integer().notNull(),
    reportId: uuid().references(() => report.id),
    receivedAt: createdAt(),
  },
  (t) => [
    uniqueIndex("mail_intake_digest_unique").on(t.digest),
    index("mail_intake_by_state").on(t.state, t.receivedAt),
    index("mail_intake_by_sender").on(t.fromAddress, t.receivedAt),
    oneOf("mail_intake_door", t.door, intakeDoors),
    oneOf("mail_intake_state", t.state, intakeStates),
    oneOf("mail_intake_refusal", t.refusal, intakeRefusals),
  ],
);

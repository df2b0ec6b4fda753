import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { mailStates } from "../../core/rules/vocabulary.ts";
import { account } from "./accounts.ts";
import { user } from "./auth.ts";
import { createdAt, instant, oneOf } from "./columns.ts";

/** One message to one person, written in the transaction of its cause and delivered by the worker. */
export const mail = pgTable(
  "mail",
  {
    /** Also the left part of its Message-ID, so that a second try of the same message can be recognised. */
    id: uuid().primaryKey().defaultRandom(),
    /** `notice`, `alert`, `password_reset` … */
    kind: text().notNull(),
    toAddress: text().notNull(),
    /** Null = the address has no user yet, as with an invitation. */
    userId: uuid().references(() => user.id, { onDelete: "cascade" }),
    accountId: uuid().references(() => account.id),
    /** What it is about, for example the notice's id; null = nothing that has an id. */
    subjectId: text(),
    subject: text().notNull(),
    /** Null = held a one-time link and was emptied when its time was over or it was delivered. */
    textBody: text(),
    htmlBody: text(),
    /** Set = the bodies hold a one-time link and are emptied after delivery, and never shown to staff. */
    secretUntil: instant(),
    state: text({ enum: mailStates }).notNull().default("waiting"),
    attempts: integer().notNull().default(0),
    /** What the mail server or the network said last; null = nothing went wrong. */
    lastError: text(),
    createdAt: createdAt(),
    sentAt: instant(),
  },
  (t) => [
    index("mail_by_user").on(t.userId, t.createdAt),
    index("mail_by_subject").on(t.subjectId),
    index("mail_by_state").on(t.state, t.createdAt),
    oneOf("mail_state", t.state, mailStates),
  ],
);

import { boolean, index, integer, pgTable, real, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { alertKinds } from "../../core/rules/vocabulary.ts";
import { account } from "./accounts.ts";
import { user } from "./auth.ts";
import { createdAt, instant, oneOf } from "./columns.ts";

/** When an account wants to be told. Made with the account: quota at 80 % and 100 %, and pace. */
export const alertRule = pgTable(
  "alert_rule",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    kind: text({ enum: alertKinds }).notNull(),
    /** 80 = 80 % of what the kind measures. */
    thresholdPercent: integer().notNull(),
    /** The shortest time between two alerts of this rule. */
    cooldownSeconds: integer().notNull(),
    isMailed: boolean().notNull().default(true),
    disabledAt: instant(),
    createdAt: createdAt(),
    createdByUserId: uuid().references(() => user.id),
    /** The share at the last look, 1 = all; a crossing is from below the threshold to it or above. */
    seenShare: real().notNull().default(0),
    seenAt: instant(),
    firedAt: instant(),
  },
  (t) => [
    uniqueIndex("alert_rule_unique").on(t.accountId, t.kind, t.thresholdPercent),
    oneOf("alert_rule_kind", t.kind, alertKinds),
  ],
);

/** An alert that went out: what the history and the bell show. */
export const alert = pgTable(
  "alert",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    /** Null = the rule is gone, or it had none. */
    ruleId: uuid().references(() => alertRule.id, { onDelete: "set null" }),
    /** A kind of rule, `token_expiry`, `retired_secret` or `test`. */
    kind: text().notNull(),
    subject: text().notNull(),
    body: text().notNull(),
    /** Page of the account that shows it, like `/limits`. */
    path: text().notNull(),
    at: createdAt(),
    seenAt: instant(),
    seenByUserId: uuid().references(() => user.id),
  },
  (t) => [index("alert_by_account").on(t.accountId, t.at)],
);

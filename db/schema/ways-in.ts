import { index, inet, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { memberRoles } from "../../core/rules/vocabulary.ts";
import { account } from "./accounts.ts";
import { staffKey } from "./api.ts";
import { createdAt, instant, oneOf } from "./columns.ts";

/** A one-time link with which the provider's own product lets a person into one account. */
export const portalLink = pgTable(
  "portal_link",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** SHA-256 of the link's secret, hex. */
    secretHash: text().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    /** The person, who need not exist yet. Lower case. */
    email: text().notNull(),
    name: text().notNull(),
    role: text({ enum: memberRoles }).notNull(),
    /** Where they land, below `/a/{slug}`; empty = the overview. */
    path: text().notNull(),
    /** Where "Back to" leads; null = there is no such link. */
    returnUrl: text(),
    keyId: uuid()
      .notNull()
      .references(() => staffKey.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    /** Address of the browser that used it. */
    usedFromIp: inet(),
  },
  (t) => [
    uniqueIndex("portal_link_secret_unique").on(t.secretHash),
    index("portal_link_by_time").on(t.createdAt),
    oneOf("portal_link_role", t.role, memberRoles),
  ],
);

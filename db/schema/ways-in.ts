import { index, inet, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { memberRoles } from "../../core/rules/vocabulary.ts";
import { account } from "./accounts.ts";
import { staffKey } from "./api.ts";
import { user } from "./auth.ts";
import { createdAt, instant, oneOf } from "./columns.ts";
import { tokenSecret } from "./tokens.ts";

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

/** A one-time link by mail that signs a member in, in the browser that asked for it. */
export const signInLink = pgTable(
  "sign_in_link",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    /** SHA-256 of the link's secret, hex; and of the secret that the asking browser keeps in a cookie. */
    secretHash: text().notNull(),
    browserHash: text().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    /** Address of who asked for it. */
    ip: inet(),
  },
  (t) => [
    uniqueIndex("sign_in_link_secret_unique").on(t.secretHash),
    index("sign_in_link_by_user").on(t.userId, t.createdAt),
  ],
);

/** A browser that looks at one token, signed in with its secret; it does nothing else. */
export const tokenView = pgTable(
  "token_view",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** The secret it was opened with: when that stops working, so does the view. */
    secretId: uuid()
      .notNull()
      .references(() => tokenSecret.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    endedAt: instant(),
    ip: inet(),
    userAgent: text(),
  },
  (t) => [index("token_view_by_secret").on(t.secretId), index("token_view_by_time").on(t.createdAt)],
);

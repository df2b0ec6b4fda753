import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { memberRoles } from "../../core/rules/vocabulary.ts";
import { user } from "./auth.ts";
import { createdAt, instant, oneOf } from "./columns.ts";
import { plan } from "./provider.ts";

/** A customer of the API. Its standing is computed from its actions and stored nowhere. */
export const account = pgTable(
  "account",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** What the provider calls this customer in its own systems; null = it was opened by hand. */
    externalId: text(),
    name: text().notNull(),
    /** In URLs: `/a/northwind-mail`. */
    slug: text().notNull(),
    planId: integer()
      .notNull()
      .references(() => plan.id),
    createdAt: createdAt(),
    /** Optimistic lock of its settings. */
    version: integer().notNull().default(1),
    /** Needs two people for any suspension. */
    isProtected: boolean().notNull().default(false),
    /** Its webhooks and privacy policies may lie in WEBHOOK_ALLOWED_NETWORKS, as the provider's own may. */
    reachesPrivateNetworks: boolean().notNull().default(false),
    /** Set = closed by staff: its tokens are refused, its people only read. With it, why, as its owners read it. */
    closedAt: instant(),
    closedReason: text(),
    /** Set = what was personal is erased, for good. */
    erasedAt: instant(),
    /** CIDR blocks that its tokens may call from, beside each token's own list; empty = any address. */
    allowedNetworks: text().array().notNull().default(sql`'{}'::text[]`),
    /** Raised by every change the gates must apply: actions, plan, overrides. Gates confirm this number. */
    standingVersion: bigint({ mode: "number" }).notNull().default(1),
  },
  (t) => [
    uniqueIndex("account_slug_unique").on(t.slug),
    uniqueIndex("account_external_id_unique").on(t.externalId),
    index("account_by_name").on(t.name),
  ],
);

/** A person's role in an account. */
export const member = pgTable(
  "member",
  {
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    role: text({ enum: memberRoles }).notNull(),
    createdAt: createdAt(),
    /** The issuer whose claim made them a member, which ends it when the claim is gone; null = somebody gave it, or has changed it since. */
    mappedByProviderId: uuid(),
    /** What this person wants by e-mail of this account, besides what everybody must be told. */
    mailsAlerts: boolean().notNull().default(true),
    mailsTokens: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.userId] }),
    index("member_by_user").on(t.userId),
    oneOf("member_role", t.role, memberRoles),
  ],
);

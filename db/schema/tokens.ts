import { sql } from "drizzle-orm";
import { bigint, cidr, index, inet, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { account } from "./accounts.ts";
import { user } from "./auth.ts";
import { bytea, createdAt, instant } from "./columns.ts";
import { integration } from "./integrations.ts";

/** An API credential of an account. Revoked and expired tokens stay, with the reason. */
export const token = pgTable(
  "token",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    name: text().notNull(),
    scopes: text().array().notNull(),
    /** CIDR blocks a call may come from; empty = any address. */
    allowedNetworks: text().array().notNull().default(sql`'{}'::text[]`),
    /** Requests per UTC day; null = only the account's quota. */
    capPerDay: integer(),
    /** Requests per sliding minute; null = only the endpoint's limits. */
    capPerMinute: integer(),
    /** What uses it; null = not said. */
    integrationId: uuid().references(() => integration.id),
    createdByUserId: uuid().references(() => user.id),
    createdAt: createdAt(),
    /** Null = never expires. Compared with the clock on every request. */
    expiresAt: instant(),
    /** Set by a member; a pause by staff is an action. */
    pausedAt: instant(),
    revokedAt: instant(),
    revokedReason: text(),
    /** Optimistic lock of edits; with it, who changed it last and when. */
    version: integer().notNull().default(1),
    updatedAt: createdAt(),
    updatedByUserId: uuid().references(() => user.id),
  },
  (t) => [index("token_by_account").on(t.accountId, t.createdAt)],
);

/** The secret of a token: one live, two during rotation. Only its hash is kept. */
export const tokenSecret = pgTable(
  "token_secret",
  {
    id: uuid().primaryKey().defaultRandom(),
    tokenId: uuid()
      .notNull()
      .references(() => token.id, { onDelete: "cascade" }),
    /** SHA-256 of the whole token text. The gate's lookup key. */
    hash: bytea().notNull(),
    /** Prefix … last 4, the only part that can be shown again. */
    preview: text().notNull(),
    /** Who got to see it. What it may do in Gatehouse is cut to what they may do. Null = nobody who may act: the
     * operator imported it, or a stranger got it who had taken the address of its owner. */
    givenToUserId: uuid().references(() => user.id),
    createdAt: createdAt(),
    /** From then on the secret is refused as revoked; null = live. */
    retiresAt: instant(),
  },
  (t) => [uniqueIndex("token_secret_hash_unique").on(t.hash), index("token_secret_by_token").on(t.tokenId)],
);

/** When a token was last used. Written by the import, never on the hot path; forward only. */
export const tokenLastUse = pgTable("token_last_use", {
  tokenId: uuid()
    .primaryKey()
    .references(() => token.id, { onDelete: "cascade" }),
  at: instant().notNull(),
  ip: inet(),
  /** Endpoint id; 0 = none matched. */
  endpointId: integer().notNull().default(0),
  userAgent: text(),
});

/**
 * Use of each secret of a token that has had more than one, per hour: what a rotation is watched by. Of very many networks
 * and clients in one hour some are counted together, under 0.0.0.0/0 and an empty client.
 */
export const secretUse = pgTable(
  "secret_use",
  {
    secretId: uuid()
      .notNull()
      .references(() => tokenSecret.id, { onDelete: "cascade" }),
    /** Start of the hour, UTC. */
    at: instant().notNull(),
    network: cidr().notNull(),
    /** Product of the client's User-Agent, like `python-httpx/0.27.2`; empty = it named none. */
    client: text().notNull(),
    requests: bigint({ mode: "number" }).notNull(),
    lastAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.secretId, t.at, t.network, t.client] }), index("secret_use_by_time").on(t.at)],
);

/** A reminder that was sent, so that each goes out once per expiry. Another expiry is reminded of anew. */
export const tokenReminder = pgTable(
  "token_reminder",
  {
    tokenId: uuid()
      .notNull()
      .references(() => token.id, { onDelete: "cascade" }),
    expiresAt: instant().notNull(),
    daysBefore: integer().notNull(),
    sentAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tokenId, t.expiresAt, t.daysBefore] })],
);

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  serial,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { overrideKinds, surfaces } from "../../core/rules/vocabulary.ts";
import { createdAt, instant, oneOf } from "./columns.ts";

/** A permission a token can hold, e.g. `email:send`. */
export const scope = pgTable("scope", {
  name: text().primaryKey(),
  /** Heading it is listed under when a token is created. */
  area: text().notNull(),
  /** What it allows, in one plain phrase. */
  description: text().notNull(),
  position: integer().notNull().default(0),
});

/** A registered route of the provider's API. */
export const endpoint = pgTable(
  "endpoint",
  {
    /** 0 is never used: it stands for "no endpoint matched" in usage. */
    id: serial().primaryKey(),
    /** Stable name for gateways that know the route, e.g. `email.send`. */
    name: text().notNull(),
    surface: text({ enum: surfaces }).notNull(),
    /** Upper case; `*` = any method. `*` on surfaces without methods. */
    method: text().notNull(),
    /** `/v1/email`, `/v1/domains/{id}`; `{x}` is one segment, a last `/**` is any rest. */
    path: text().notNull(),
    /** Null = any live token may call it. */
    scope: text().references(() => scope.name),
    /** Requests per window and account; null = no rate limit. */
    rateLimit: integer(),
    windowSeconds: integer().notNull().default(60),
    /** What one call takes from limits and quota; 0 = free. */
    cost: integer().notNull().default(1),
    /** How many people a call sends something to that does not tell; 0 = it sends nothing, or only what it tells counts. */
    recipientsPerCall: integer().notNull().default(0),
    /** Set = refused with endpoint_denied for everybody. */
    deniedAt: instant(),
    /** Optimistic lock of edits. */
    version: integer().notNull().default(1),
  },
  (t) => [
    uniqueIndex("endpoint_name_unique").on(t.name),
    uniqueIndex("endpoint_route_unique").on(t.surface, t.method, t.path),
    oneOf("endpoint_surface", t.surface, surfaces),
  ],
);

export const plan = pgTable(
  "plan",
  {
    id: serial().primaryKey(),
    name: text().notNull(),
    /** Requests per UTC day over the whole API; null = unlimited. */
    quotaPerDay: integer(),
    position: integer().notNull().default(0),
    /** Optimistic lock of edits, its limits included. */
    version: integer().notNull().default(1),
  },
  (t) => [uniqueIndex("plan_name_unique").on(t.name)],
);

/** A plan's own rate limit on an endpoint; without a row the endpoint's default holds. */
export const planLimit = pgTable(
  "plan_limit",
  {
    planId: integer()
      .notNull()
      .references(() => plan.id, { onDelete: "cascade" }),
    endpointId: integer()
      .notNull()
      .references(() => endpoint.id, { onDelete: "cascade" }),
    /** Requests per the endpoint's window. */
    rateLimit: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.planId, t.endpointId] })],
);

/** A dated exception for one account. */
export const override = pgTable(
  "override",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid().notNull(),
    kind: text({ enum: overrideKinds }).notNull(),
    /** Null for a quota override. */
    endpointId: integer().references(() => endpoint.id),
    /** Requests per UTC day (quota) or per window (rate limit). */
    value: bigint({ mode: "number" }).notNull(),
    startsAt: instant().notNull(),
    /** Null = no end. */
    endsAt: instant(),
    reason: text().notNull(),
    createdByUserId: uuid(),
    createdAt: createdAt(),
    /** When the account was told that it ends soon. */
    endToldAt: instant(),
  },
  (t) => [
    index("override_by_account").on(t.accountId, t.startsAt),
    // For the worker, which looks for ends that nobody was told of.
    index("override_untold_end").on(t.endsAt).where(sql`ends_at is not null and end_told_at is null`),
    oneOf("override_kind", t.kind, overrideKinds),
  ],
);

/** How the provider's servers read paths, so that the gate decides about the route that they run. One row. */
export const pathRules = pgTable(
  "path_rules",
  {
    id: integer().primaryKey().default(1),
    /** `/V1/email` is another path than `/v1/email`. */
    matchesCase: boolean().notNull().default(false),
    /** `%2F` is a character of its segment; otherwise it is refused as ambiguous. */
    allowsEncodedSlash: boolean().notNull().default(false),
    /** Optimistic lock of edits. */
    version: integer().notNull().default(1),
  },
  (t) => [check("path_rules_one_row", sql`${t.id} = 1`)],
);

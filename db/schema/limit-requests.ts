import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { overrideKinds } from "../../core/rules/vocabulary.ts";
import { limitRequestStates } from "../../core/rules/vocabulary-intake.ts";
import { announcedLoad } from "./abuse.ts";
import { account } from "./accounts.ts";
import { user } from "./auth.ts";
import { createdAt, instant, oneOf } from "./columns.ts";
import { endpoint, override } from "./provider.ts";

/** An owner asks for a larger limit, for good or for a window. Granted, it becomes an override. */
export const limitRequest = pgTable(
  "limit_request",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    kind: text({ enum: overrideKinds }).notNull(),
    /** Null for a quota. */
    endpointId: integer().references(() => endpoint.id, { onDelete: "cascade" }),
    /** Requests per UTC day (quota) or per the endpoint's window (rate limit). */
    value: bigint({ mode: "number" }).notNull(),
    /** What held when it was asked for. */
    valueBefore: bigint({ mode: "number" }).notNull(),
    startsAt: instant().notNull(),
    /** Null = no end was wished. */
    endsAt: instant(),
    reason: text().notNull(),
    state: text({ enum: limitRequestStates }).notNull().default("open"),
    createdByUserId: uuid().references(() => user.id),
    createdAt: createdAt(),
    /** What the owner was told. */
    answer: text(),
    decidedByUserId: uuid().references(() => user.id),
    decidedAt: instant(),
    /** Granted: the exception, and the load that it announces as well. */
    overrideId: uuid().references(() => override.id),
    loadId: uuid().references(() => announcedLoad.id, { onDelete: "set null" }),
  },
  (t) => [
    // One open request for each limit.
    uniqueIndex("limit_request_open").on(t.accountId, t.kind, sql`coalesce(endpoint_id, 0)`).where(sql`state = 'open'`),
    index("limit_request_by_account").on(t.accountId, t.createdAt),
    index("limit_request_by_state").on(t.state, t.createdAt),
    oneOf("limit_request_kind", t.kind, overrideKinds),
    oneOf("limit_request_state", t.state, limitRequestStates),
  ],
);

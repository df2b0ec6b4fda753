import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  customType,
  index,
  inet,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { outcomeKinds } from "../../core/rules/vocabulary.ts";
import { user } from "./auth.ts";
import { createdAt, instant, oneOf } from "./columns.ts";

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

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
  /** The journal directory that holds this name, under a lease. Null = a gate of a version before leases. */
  journalId: uuid(),
  /** Where that directory is, and on which machine, for whoever is refused the name. */
  journalFolder: text(),
  host: text(),
  claimedAt: instant(),
  /** Renewed with each heartbeat; once it has passed, another directory may take the name. */
  leaseUntil: instant(),
  /** Since when decisions wait to be counted although the database answers; null = none does. */
  uncountedSince: instant(),
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

/** What a gateway shows the gate to be answered (`gthg_…`). Only its hash is kept. A revoked one stays, for the record. */
export const gatewayCredential = pgTable(
  "gateway_credential",
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    /** SHA-256 of the whole secret. */
    hash: bytea().notNull(),
    /** Prefix … last 4, the only part that can be shown again. */
    preview: text().notNull(),
    createdByUserId: uuid().references(() => user.id),
    createdAt: createdAt(),
    revokedAt: instant(),
    /** Written by the gates with their heartbeat, never per request; forward only. */
    lastUsedAt: instant(),
  },
  (t) => [uniqueIndex("gateway_credential_hash_unique").on(t.hash)],
);

/**
 * What became of a request after the gate allowed it, as the API or the mail server reports it: a status, a bounce, a complaint.
 * The reporter names each report, so that one that comes twice is kept once.
 */
export const outcome = pgTable(
  "outcome",
  {
    /** The gateway credential that reported; nil = a caller on the gate's own machine. */
    reporterId: uuid().notNull(),
    /** The reporter's name for this report. */
    id: text().notNull(),
    accountId: uuid().notNull(),
    tokenId: uuid().notNull(),
    /** 0 = not told. */
    endpointId: integer().notNull(),
    kind: text().notNull(),
    /** HTTP status or SMTP reply code; null for what has none. */
    status: integer(),
    /** Of the request that was decided. */
    requestId: text(),
    /** Of requests that were answered with 400 or above, as far as it was told: what was asked for (no query, masked), from where, with what. */
    method: text(),
    path: text(),
    ip: inet(),
    userAgent: text(),
    /** When it happened. */
    at: instant().notNull(),
    receivedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.reporterId, t.id] }),
    // For the detectors' windows and for retention.
    index("outcome_by_account").on(t.accountId, t.at),
    index("outcome_by_time").on(t.at),
    // Most answers are no errors; the detectors look for these every few seconds.
    index("outcome_errors_by_account").on(t.accountId, t.at).where(sql`${t.status} >= 400`),
    index("outcome_errors_by_time").on(t.at, t.accountId).where(sql`${t.status} >= 400`),
    oneOf("outcome_kind", t.kind, outcomeKinds),
    check("outcome_status", sql`${t.status} between 100 and 999`),
  ],
);

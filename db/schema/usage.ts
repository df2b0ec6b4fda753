import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  bit,
  cidr,
  date,
  index,
  inet,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, createdAt, instant } from "./columns.ts";

/**
 * Usage: counts of decisions. Three grains of the same numbers, written in one transaction, partitioned by `at`
 * (minute and second by day, hour by month, day by year). Start of the bucket, UTC. Outcome = decision code.
 */
const counts = () => ({
  accountId: uuid().notNull(),
  at: instant().notNull(),
  tokenId: uuid().notNull(),
  /** 0 = no endpoint matched. */
  endpointId: integer().notNull(),
  surface: text().notNull(),
  outcome: text().notNull(),
  /** Decisions. */
  requests: bigint({ mode: "number" }).notNull(),
  /** Cost taken from the quota; 0 for refusals. */
  spent: bigint({ mode: "number" }).notNull(),
});

/** All accounts of a time, for next to nothing: rows come in the order of time, and BRIN keeps bounds per block instead of an entry per row. */
const byTime = (name: string, at: AnyPgColumn) =>
  index(name).using("brin", at).with({ pages_per_range: 16, autosummarize: true });

export const usageMinute = pgTable(
  "usage_minute",
  {
    ...counts(),
    /**
     * The minute's shape: three bytes for each second and batch, the second (0–59) and how many decisions (big-endian); entries of
     * the same second add up. Read by `usage_seconds()`. Null = not known.
     */
    seconds: bytea(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.at, t.tokenId, t.endpointId, t.surface, t.outcome] }),
    byTime("usage_minute_by_time", t.at),
  ],
);
export const usageHour = pgTable("usage_hour", counts(), (t) => [
  primaryKey({ columns: [t.accountId, t.at, t.tokenId, t.endpointId, t.surface, t.outcome] }),
  byTime("usage_hour_by_time", t.at),
]);
export const usageDay = pgTable("usage_day", counts(), (t) => [
  primaryKey({ columns: [t.accountId, t.at, t.tokenId, t.endpointId, t.surface, t.outcome] }),
  byTime("usage_day_by_time", t.at),
]);

/**
 * Seconds as versions before `usage_minute.seconds` counted them. Still read, through `usage_seconds()`, until its rows have passed
 * their retention; nothing of this version writes it.
 */
export const usageSecond = pgTable(
  "usage_second",
  {
    accountId: uuid().notNull(),
    at: instant().notNull(),
    tokenId: uuid().notNull(),
    endpointId: integer().notNull(),
    allowed: integer().notNull(),
    refused: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.at, t.tokenId, t.endpointId] })],
);

/** A refused request with its context: what its receipt shows. At most a set number is kept per token and minute. */
export const refusal = pgTable(
  "refusal",
  {
    /** `rcp_…`; its first part is the time, so that the partition is found without an index over all. */
    receipt: text().notNull(),
    accountId: uuid().notNull(),
    at: instant().notNull(),
    tokenId: uuid().notNull(),
    endpointId: integer().notNull(),
    surface: text().notNull(),
    code: text().notNull(),
    method: text(),
    path: text(),
    ip: inet(),
    userAgent: text(),
    requestId: text(),
    gateId: text().notNull(),
    /** The limiter that refused: { name, kind: rate|quota, limit, used, windowSeconds, cost }; null for other codes. */
    limiter: jsonb(),
    retryAfterSeconds: integer(),
    /** The scope that was missing. */
    missingScope: text(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.at, t.receipt] }),
    index("refusal_by_receipt").on(t.receipt),
    index("refusal_by_token").on(t.tokenId, t.at),
  ],
);

/**
 * The receipts of refusals whose details are not kept, those of one import, minute, token, endpoint and code in one row: 12 bytes
 * each. What they share stands beside them; the time is in the receipt itself.
 */
export const refusalReceipt = pgTable(
  "refusal_receipt",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** Start of the minute. */
    at: instant().notNull(),
    accountId: uuid().notNull(),
    tokenId: uuid().notNull(),
    endpointId: integer().notNull(),
    surface: text().notNull(),
    code: text().notNull(),
    gateId: text().notNull(),
    /** The random parts of the receipts, one after the other. */
    receipts: bytea().notNull(),
  },
  (t) => [index("refusal_receipt_by_time").on(t.at), index("refusal_receipt_by_account").on(t.accountId, t.at)],
);

/** Networks a token was used from per UTC day: /24 for IPv4, /48 for IPv6. */
export const networkDay = pgTable(
  "network_day",
  {
    accountId: uuid().notNull(),
    day: date({ mode: "string" }).notNull(),
    tokenId: uuid().notNull(),
    network: cidr().notNull(),
    requests: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.day, t.tokenId, t.network] }),
    index("network_day_by_network").on(t.network, t.accountId, t.day),
  ],
);

/** What traffic is counted by beyond usage: from which network and by which client. */
const traffic = () => ({
  accountId: uuid().notNull(),
  /** Start of the hour or day, UTC. */
  at: instant().notNull(),
  tokenId: uuid().notNull(),
  endpointId: integer().notNull(),
  surface: text().notNull(),
  outcome: text().notNull(),
  /** /24 for IPv4, /48 for IPv6; 0.0.0.0/0 = not told, or one of too many (`client` says which). */
  network: cidr().notNull(),
  /** The product a User-Agent begins with; empty = none was sent, `…` = beyond the pairs that are kept apart. */
  client: text().notNull(),
  requests: bigint({ mode: "number" }).notNull(),
});
const trafficKey = (name: string, t: Record<keyof Omit<ReturnType<typeof traffic>, "requests">, AnyPgColumn>) =>
  primaryKey({
    name,
    columns: [t.accountId, t.at, t.tokenId, t.endpointId, t.surface, t.outcome, t.network, t.client],
  });

/**
 * Traffic as the import appends it, by the hour. It has no key and no index: that is what makes it cheap to write. The worker adds it
 * to hours and days every minute (`foldTraffic`); whoever reads them reads it as well.
 */
export const trafficNew = pgTable("traffic_new", traffic());
/** Partitioned by `at`, by day. At most a set number of pairs of network and client is kept per token and hour. */
export const trafficHour = pgTable("traffic_hour", traffic(), (t) => [trafficKey("traffic_hour_key", t)]);
export const trafficDay = pgTable("traffic_day", traffic(), (t) => [
  trafficKey("traffic_day_key", t),
  index("traffic_day_by_time").on(t.at),
  index("traffic_day_by_network").on(t.network, t.at),
]);

/** Recipients that calls told of, by account, endpoint and hour; what told nothing is in no row. */
export const recipientHour = pgTable(
  "recipient_hour",
  {
    accountId: uuid().notNull(),
    at: instant().notNull(),
    endpointId: integer().notNull(),
    calls: bigint({ mode: "number" }).notNull(),
    recipients: bigint({ mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.at, t.endpointId] }), index("recipient_hour_by_time").on(t.at)],
);

/** Attempts with tokens that name no account (malformed or unknown), by network and minute. */
export const unknownAttempt = pgTable(
  "unknown_attempt",
  {
    at: instant().notNull(),
    network: cidr().notNull(),
    code: text().notNull(),
    requests: bigint({ mode: "number" }).notNull(),
    /** A bit for each of 256 parts into which what was tried falls by its hash: at least so many distinct tokens, and none of them is kept. */
    tokenBits: bit({ dimensions: 256 }).notNull().default(sql`repeat('0', 256)::bit(256)`),
  },
  (t) => [primaryKey({ columns: [t.at, t.network, t.code] })],
);

/** How far a journal directory has been counted. Committed in the same transaction as the counts. */
export const journal = pgTable("journal", {
  /** The directory's own id, made once and kept in it. */
  id: uuid().primaryKey(),
  /** The gate that counted it last. */
  gateId: text().notNull(),
  segment: text().notNull(),
  /** Bytes of the segment already counted. */
  offsetBytes: bigint({ mode: "number" }).notNull(),
  updatedAt: instant().notNull(),
});

/**
 * The same by the gate's name, as versions before `journal` read it. Still written, so that the way back counts nothing twice,
 * and read once for a directory that has no row in `journal` yet.
 */
export const journalPosition = pgTable("journal_position", {
  gateId: text().primaryKey(),
  segment: text().notNull(),
  /** Bytes of the segment already counted. */
  offsetBytes: bigint({ mode: "number" }).notNull(),
  updatedAt: instant().notNull(),
});

/** History loaded from an access log: one row per file, so that the same file is not loaded twice. */
export const usageImport = pgTable(
  "usage_import",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** SHA-256 of the file's bytes, hex. */
    fileHash: text().notNull(),
    fileName: text().notNull(),
    lines: integer().notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("usage_import_file_unique").on(t.fileHash)],
);

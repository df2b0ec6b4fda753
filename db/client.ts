import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { driverOptions } from "#db/driver-options.ts";
import { endWithConnection } from "#db/end-with-connection.ts";
import * as schema from "#db/schema/index.ts";

export type Schema = typeof schema;
export type Database = PostgresJsDatabase<Schema>;
/** The handle that `db.transaction` passes on; it can open nested transactions (savepoints) itself. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** What a function takes that runs alike inside and outside a transaction. */
export type Queryable = Database | Transaction;

export interface OpenDatabase {
  db: Database;
  /** The same pool as tagged template, for LISTEN, COPY and SQL that the builder cannot say. */
  sql: postgres.Sql;
  /** Waits up to 5 s for running queries, then drops the connections. */
  close: () => Promise<void>;
}

export type OpenOptions = {
  max?: number;
  applicationName?: string;
  /** Postgres ends a statement that runs longer. Absent = never: a command line may have a whole table to go through. */
  statementTimeoutMs?: number;
  /** Postgres ends a session that keeps a transaction open, and its locks, without a statement for longer. Absent = never. */
  idleInTransactionTimeoutMs?: number;
};

const timestamptzOid = 1184;
const jsonOids = [114, 3802];

/**
 * Opens a pool on `url`. Nothing is connected before the first query, so this cannot fail on a database that is away.
 * Sessions run in UTC. `timestamptz` is read as `Date` by both handles; `bigint` and `numeric` are read as strings by `sql`.
 */
export function openDatabase(url: string, options: OpenOptions = {}): OpenDatabase {
  const sql = postgres(url, {
    ...driverOptions,
    max: options.max ?? 10,
    connect_timeout: 10,
    // The driver's own waits grow to twenty seconds; people look at a page that waits for a database which is back.
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 2),
    onnotice: () => undefined,
    connection: {
      application_name: options.applicationName ?? "gatehouse",
      TimeZone: "UTC",
      statement_timeout: options.statementTimeoutMs ?? 0,
      idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 0,
    },
  });
  endWithConnection(sql);
  const db = drizzle(sql, { schema, casing: "snake_case" });
  restoreConversions(sql);
  return { db, sql, close: () => sql.end({ timeout: 5 }) };
}

/**
 * Drizzle switches off the conversions of the client it is given, because its columns convert by themselves. Without them a
 * Date or an object inside a raw query fails, and a raw timestamp comes back as text. Both handles work with these.
 */
function restoreConversions(sql: postgres.Sql): void {
  const { parsers, serializers } = sql.options;
  parsers[timestamptzOid] = (text: string) => new Date(text);
  serializers[timestamptzOid] = (value: unknown) => (value instanceof Date ? value.toISOString() : value);
  for (const type of Object.values(driverOptions.types)) {
    parsers[type.to] = type.parse;
    serializers[type.to] = type.serialize;
  }
  for (const oid of jsonOids) {
    // Drizzle's json columns arrive here as finished text.
    serializers[oid] = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  }
}

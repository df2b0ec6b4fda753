import postgres, { type Sql } from "postgres";
import { driverOptions } from "#db/driver-options.ts";
import { within } from "./within.ts";

const queryTimeoutMs = 5_000;

/**
 * The gate's own connections: unlike the web app's they come back within a second when the database does.
 * Nothing is connected before the first query.
 */
export function connect(url: string, name: string, max: number): Sql {
  return postgres(url, {
    ...driverOptions,
    max,
    connect_timeout: 5,
    backoff: (retries) => Math.min(1, 0.05 * 2 ** retries),
    onnotice: () => undefined,
    connection: { application_name: name, TimeZone: "UTC", statement_timeout: 60_000, lock_timeout: 10_000 },
  });
}

/** Something that runs queries; a test gives one that uses its own database. */
export interface Queries {
  /** Rejects when the work does, or has not ended within the time. */
  run<T>(work: (sql: Sql) => Promise<T>, timeoutMs?: number): Promise<T>;
}

/**
 * A pool that is thrown away whenever its connection is lost or hangs. The driver (postgres 3.4) may keep a connection that died
 * with something unsent, and everything later given to that one would wait for ever.
 */
export class Connection implements Queries {
  readonly #open: () => Sql;
  #sql: Sql;

  constructor(url: string, name: string, max: number) {
    this.#open = () => connect(url, name, max);
    this.#sql = this.#open();
  }

  async run<T>(work: (sql: Sql) => Promise<T>, timeoutMs = queryTimeoutMs): Promise<T> {
    const sql = this.#sql;
    try {
      return await within(timeoutMs, work(sql));
    } catch (error) {
      if (sql === this.#sql && isLost(error)) {
        this.#sql = this.#open();
        void sql.end({ timeout: 0 }).catch(() => undefined);
      }
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.#sql.end({ timeout: 1 }).catch(() => undefined);
  }
}

/** What Postgres itself answers is no loss, except that it is shutting down (57P) or cuts the connection (08). */
function isLost(error: unknown): boolean {
  return !(error instanceof postgres.PostgresError) || /^(57P|08)/.test(error.code);
}

import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { grantToApp } from "#db/app-role.ts";
import { driverOptions } from "#db/driver-options.ts";
import { migrateQueues } from "#db/queues.ts";

/** Both `db/` and the bundles in `dist/` lie one level below the project, beside `drizzle/`. */
const migrationsFolder = fileURLToPath(new URL("../drizzle", import.meta.url));

/** Any number that no other program uses as an advisory lock in this database: "gate" in ASCII. */
const advisoryLockKey = 0x67617465;

/** Postgres 15, as `server_version_num` writes it. */
export const oldestServerVersion = 150_000;

/**
 * Brings the database at `url` to the newest version; does nothing when it is there already. With `appUrl` of another role, that role
 * is then given what the product needs, and no more.
 * Several processes may call it at once: they wait for each other on an advisory lock. Throws what Postgres reports.
 */
export async function migrate(url: string, appUrl: string = url): Promise<void> {
  // One connection that is never renewed: the lock belongs to its session.
  const sql = postgres(url, {
    ...driverOptions,
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => undefined,
    connection: { application_name: "gatehouse-migrate", TimeZone: "UTC" },
  });
  try {
    const [server] = await sql`select current_setting('server_version_num')::int as number`;
    if (server?.number < oldestServerVersion) throw new Error("The database must be PostgreSQL 15 or newer.");
    await sql`select pg_advisory_lock(${advisoryLockKey})`;
    await applyMigrations(drizzle(sql), { migrationsFolder });
    await migrateQueues(url);
    if (new URL(appUrl).username !== new URL(url).username) await grantToApp(sql, appUrl);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** How many migrations of this version the database has not seen yet. */
export async function pendingMigrations(sql: postgres.Sql): Promise<number> {
  const known = readMigrationFiles({ migrationsFolder });
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (!table?.name) return known.length;
  const applied = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations`;
  const hashes = new Set(applied.map(({ hash }) => hash));
  return known.filter(({ hash }) => !hashes.has(hash)).length;
}

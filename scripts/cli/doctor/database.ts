import { openDatabase } from "#db/client.ts";
import { oldestServerVersion, pendingMigrations } from "#db/migrate.ts";
import type { Finding } from "./finding.ts";

const largestClockDifferenceS = 2;

/** The database itself, whether its tables are of this version, and whether its clock agrees with ours. */
export async function checkDatabase(url: string): Promise<Finding[]> {
  const { sql, close } = openDatabase(url, { max: 1, applicationName: "gatehouse-doctor" });
  try {
    const [row] = await sql<{ version: string; number: number; now: Date; role: string; owns: boolean | null }[]>`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
        clock_timestamp() as now, current_user as role,
        (select rolsuper from pg_roles where rolname = current_user)
          or pg_has_role((select relowner from pg_class where oid = to_regclass('public.audit_event')), 'member') as owns`;
    if (!row) throw new Error("it gave no answer");
    const skewS = Math.abs(row.now.getTime() - Date.now()) / 1000;
    const pending = await pendingMigrations(sql);
    return [
      {
        what: "Database",
        ok: row.number >= oldestServerVersion,
        found: `PostgreSQL ${row.version}`,
        remedy: "Gatehouse needs PostgreSQL 15 or newer.",
      },
      {
        what: "Tables",
        ok: pending === 0,
        found: pending === 0 ? "at this version" : `${pending} migrations are missing`,
        remedy: "npm run gatehouse -- migrate",
      },
      {
        what: "Role",
        ok: !row.owns,
        isAdvice: true,
        found: row.owns ? `${row.role} owns the tables, or is a superuser` : `${row.role} owns nothing`,
        remedy: 'Give web, gate and worker a role of their own: docs/operations.md, "A role of its own".',
      },
      {
        what: "Clock",
        ok: skewS <= largestClockDifferenceS,
        found: `${skewS.toFixed(1)} s apart from the database`,
        remedy: "Synchronise the clocks (NTP): limits and expiries are compared with them.",
      },
    ];
  } catch (error) {
    const found = `cannot be used: ${error instanceof Error ? error.message || error.name : String(error)}`;
    return [{ what: "Database", ok: false, found, remedy: "Check DATABASE_URL and that the server runs." }];
  } finally {
    await close();
  }
}

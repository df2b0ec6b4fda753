import postgres from "postgres";

/**
 * The gate's own connections: unlike the web app's they come back within a second when the database does, and a query that
 * hangs fails, so that the gate notices. `idleSeconds` 0 = never closed.
 */
export function connect(url: string, name: string, max: number): postgres.Sql {
  return postgres(url, {
    max,
    connect_timeout: 5,
    backoff: (retries) => Math.min(1, 0.05 * 2 ** retries),
    onnotice: () => undefined,
    connection: { application_name: name, TimeZone: "UTC", statement_timeout: 30_000, lock_timeout: 10_000 },
  });
}

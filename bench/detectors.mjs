/**
 * `npm run bench:detectors`: synthetic accounts over simulated weeks, first as they ordinarily are, with their everyday mistakes, then
 * with abuse of each kind. Prints for every detector precision and recall with their bounds, and judges the recorded logs beside
 * TEST_ACCESS_LOG. Detectors that act on an event run through their use cases in a temporary Postgres.
 */
import { startTemporaryPostgres } from "../scripts/postgres.mjs";
import { optionalParts } from "../scripts/test/optional.mjs";
import { loadSource } from "./build-gate.mjs";

process.env.AUTH_SECRET ??= "a secret of this measurement, and of nothing else";
process.env.LOG_LEVEL ??= "error";

const server = await startTemporaryPostgres();
process.env.DATABASE_URL = server.url;
let closeDatabase = async () => undefined;
try {
  const { migrate } = await loadSource("db/migrate.ts");
  await migrate(server.url);
  const { openDatabase } = await loadSource("db/client.ts");
  const { db, close } = openDatabase(server.url, { max: 2, applicationName: "gatehouse-bench" });
  closeDatabase = close;
  const { run } = await loadSource("bench/detectors/run.ts");
  const { accessLog, moreLogs } = optionalParts();
  await run(db, [...(accessLog === null ? [] : [accessLog]), ...moreLogs]);
} finally {
  await closeDatabase();
  await server.stop();
}

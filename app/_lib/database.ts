import "server-only";
import { env } from "#core/runtime/env.ts";
import { type OpenDatabase, openDatabase } from "#db/client.ts";

const holder = globalThis as { gatehouseDatabase?: OpenDatabase };

/** One pool for the whole process; kept on globalThis, because development reloads modules. */
export function database(): OpenDatabase {
  holder.gatehouseDatabase ??= openDatabase(env().DATABASE_URL, {
    max: 10,
    applicationName: "gatehouse-web",
    // Whoever asked has gone by then; a page or call that needs longer is wrong.
    statementTimeoutMs: 30_000,
    idleInTransactionTimeoutMs: 60_000,
  });
  return holder.gatehouseDatabase;
}

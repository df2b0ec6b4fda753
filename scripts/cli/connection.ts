import type { Sql } from "postgres";
import { type Ctx, jobCtx } from "#core/frame/context.ts";
import { env } from "#core/runtime/env.ts";
import { type Database, openDatabase } from "#db/client.ts";

/** Runs a command's body with the context of the command line: it may do what jobs may do. Closes the database after it. */
export async function withContext<T>(name: string, run: (ctx: Ctx, open: OpenHandles) => Promise<T>): Promise<T> {
  const { db, sql, close } = openDatabase(env().DATABASE_URL, { max: 4, applicationName: `gatehouse-${name}` });
  try {
    return await run(jobCtx(db, name, new Date()), { db, sql });
  } finally {
    await close();
  }
}

/** The same database as the context's, for transactions and for SQL that the builder cannot say. */
export type OpenHandles = { db: Database; sql: Sql };

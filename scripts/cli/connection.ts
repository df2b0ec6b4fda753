import { type Ctx, jobCtx } from "#core/context.ts";
import { env } from "#core/env.ts";
import { openDatabase } from "#db/client.ts";

/** Runs a command's body with the context of the command line: it may do what jobs may do. Closes the database after it. */
export async function withContext<T>(name: string, run: (ctx: Ctx) => Promise<T>): Promise<T> {
  const { db, close } = openDatabase(env().DATABASE_URL, { max: 4, applicationName: `gatehouse-${name}` });
  try {
    return await run(jobCtx(db, name, new Date()));
  } finally {
    await close();
  }
}

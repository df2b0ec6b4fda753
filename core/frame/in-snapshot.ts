import { is } from "drizzle-orm";
import { PgTransaction } from "drizzle-orm/pg-core";
import type { Database } from "#db/client.ts";
import type { Ctx } from "./context.ts";

/**
 * Lets everything that `read` reads be of one moment, so that what is said of it cannot contradict itself while others write. Inside a
 * transaction it reads in that one.
 */
export async function inSnapshot<Result>(ctx: Ctx, read: (inner: Ctx) => Promise<Result>): Promise<Result> {
  if (is(ctx.db, PgTransaction)) return read(ctx);
  return (ctx.db as Database).transaction((tx) => read({ ...ctx, db: tx }), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

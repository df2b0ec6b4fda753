import { type SQL, sql } from "drizzle-orm";
import * as deskWords from "#words/desk.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { isTooLong } from "../frame/is-too-long.ts";

/** A view that takes longer is answered with a sentence instead of a page that hangs. */
const longestMs = 5_000;

/** Runs one statement that may read a lot, with a time limit of its own. Throws `unavailable` when the time is over. */
export async function withinTime<Row extends Record<string, unknown>>(
  ctx: Pick<Ctx, "db">,
  statement: SQL,
  mostMs: number = longestMs,
): Promise<Row[]> {
  try {
    return await ctx.db.transaction(async (tx) => {
      // Compiling such a statement takes longer than running it.
      await tx.execute(sql`select set_config('statement_timeout', ${String(mostMs)}, true), set_config('jit', 'off', true),
        set_config('work_mem', '32MB', true)`);
      return [...(await tx.execute<Row>(statement))] as Row[];
    });
  } catch (error) {
    if (!isTooLong(error)) throw error;
    throw new AppError("unavailable", deskWords.errors.viewTakesTooLong, { retryAfterSeconds: 10, cause: error });
  }
}

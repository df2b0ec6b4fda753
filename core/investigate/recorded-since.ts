import { sql } from "drizzle-orm";
import type { Ctx } from "../frame/context.ts";

/** The first day of which networks and clients are recorded; null = none is. */
export async function recordedSince(ctx: Ctx): Promise<Date | null> {
  const [row] = await ctx.db.execute<{ at: Date | string | null }>(sql`select min(at) as at from traffic_day`);
  return row?.at ? new Date(row.at) : null;
}

import { count, inArray } from "drizzle-orm";
import { flag } from "#db/schema/abuse.ts";
import type { Ctx } from "../context.ts";
import { detectorPrecision } from "../rules/score.ts";

/** Precision of every detector that has decided flags, earned from what staff confirmed and dismissed. */
export async function precisions(ctx: Ctx): Promise<(detector: string) => number> {
  const rows = await ctx.db
    .select({ detector: flag.detector, state: flag.state, flags: count() })
    .from(flag)
    .where(inArray(flag.state, ["confirmed", "dismissed"]))
    .groupBy(flag.detector, flag.state);
  const decided = (detector: string, state: string) =>
    rows.find((row) => row.detector === detector && row.state === state)?.flags ?? 0;
  return (detector) => detectorPrecision(decided(detector, "confirmed"), decided(detector, "dismissed"));
}

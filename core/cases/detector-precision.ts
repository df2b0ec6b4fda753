import { count, inArray } from "drizzle-orm";
import { flag } from "#db/schema/abuse.ts";
import { oncePerContext } from "../frame/once.ts";
import { detectorPrecision } from "../rules/cases/score.ts";

/** Precision of every detector that has decided flags, earned from what staff confirmed and dismissed. */
export const precisions = oncePerContext(async (ctx) => {
  const rows = await ctx.db
    .select({ detector: flag.detector, state: flag.state, flags: count() })
    .from(flag)
    .where(inArray(flag.state, ["confirmed", "dismissed"]))
    .groupBy(flag.detector, flag.state);
  const decided = (detector: string, state: string) =>
    rows.find((row) => row.detector === detector && row.state === state)?.flags ?? 0;
  return (detector: string) => detectorPrecision(decided(detector, "confirmed"), decided(detector, "dismissed"));
});

import { flag } from "#db/schema/abuse.ts";
import { oncePerContext } from "../frame/once.ts";
import { detectorPrecision } from "../rules/cases/score.ts";
import { countOf } from "./verdict.ts";

/** Precision of every detector, earned from what staff found right and wrong. */
export const precisions = oncePerContext(async (ctx) => {
  const rows = await ctx.db
    .select({ detector: flag.detector, right: countOf("right"), wrong: countOf("wrong") })
    .from(flag)
    .groupBy(flag.detector);
  return (detector: string) => {
    const own = rows.find((row) => row.detector === detector);
    return detectorPrecision(own?.right ?? 0, own?.wrong ?? 0);
  };
});

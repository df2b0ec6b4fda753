import { z } from "zod";
import { countCases } from "#core/cases/count-cases.ts";
import { caseViews, listCases } from "#core/cases/list-cases.ts";
import { listFilters } from "#core/cases/saved-filters.ts";
import type { Ctx } from "#core/frame/context.ts";

const params = z.object({
  view: z.enum(caseViews).catch("open"),
  q: z.string().max(100).catch(""),
  detector: z.string().max(60).catch(""),
  from: z.coerce.number().int().min(0).max(100_000).catch(0),
});

/** Cases on one part of the queue. */
const partSize = 30;

/** What both pages of the queue show on their left, from the address. */
export async function readQueue(ctx: Ctx, searchParams: Promise<unknown>) {
  const { view, q: search, detector, from } = params.parse(await searchParams);
  const wanted = {
    view,
    limit: partSize,
    offset: from,
    ...(search === "" ? {} : { search }),
    ...(detector === "" ? {} : { detector }),
  };
  const [{ cases: rows, total, next }, counts, filters] = await Promise.all([
    listCases(ctx, wanted),
    countCases(ctx, {}),
    listFilters(ctx, {}),
  ]);
  const userId = ctx.actor.kind === "staff" ? ctx.actor.userId : "";
  return {
    rows,
    total,
    from,
    next,
    /** Where the part before starts; null = this is the first. */
    previous: from === 0 ? null : Math.max(0, from - partSize),
    counts,
    filters,
    view,
    search,
    detector,
    userId,
  };
}

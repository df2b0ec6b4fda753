import { z } from "zod";
import { countCases } from "#core/abuse/count-cases.ts";
import { caseViews, listCases } from "#core/abuse/list-cases.ts";
import { listFilters } from "#core/abuse/saved-filters.ts";
import type { Ctx } from "#core/context.ts";

const params = z.object({
  view: z.enum(caseViews).catch("open"),
  q: z.string().max(100).catch(""),
  detector: z.string().max(60).catch(""),
});

/** What both pages of the queue show on their left, from the address. */
export async function readQueue(ctx: Ctx, searchParams: Promise<unknown>) {
  const { view, q: search, detector } = params.parse(await searchParams);
  const rows = await listCases(ctx, {
    view,
    ...(search === "" ? {} : { search }),
    ...(detector === "" ? {} : { detector }),
  });
  const userId = ctx.actor.kind === "staff" ? ctx.actor.userId : "";
  return {
    rows,
    counts: await countCases(ctx, {}),
    filters: await listFilters(ctx, {}),
    view,
    search,
    detector,
    userId,
  };
}

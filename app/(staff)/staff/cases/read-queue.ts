import { z } from "zod";
import { countCases } from "#core/cases/count-cases.ts";
import { listCases } from "#core/cases/list-cases.ts";
import { listFilters } from "#core/cases/saved-filters.ts";
import type { Ctx } from "#core/frame/context.ts";
import { listPlans } from "#core/provider/list-plans.ts";
import { listColleagues } from "#core/staff/list-colleagues.ts";
import { inputOf, queueFilter } from "./queue-filter.ts";

const part = z.object({ from: z.coerce.number().int().min(0).max(100_000).catch(0) });

/** Cases on one part of the queue. */
const partSize = 30;

/** What both pages of the queue show on their left, from the address. */
export async function readQueue(ctx: Ctx, searchParams: Promise<unknown>) {
  const given = await searchParams;
  const filter = queueFilter.parse(given);
  const { from } = part.parse(given);
  const [{ cases: rows, total, next }, counts, filters, colleagues, plans] = await Promise.all([
    listCases(ctx, { ...inputOf(filter), limit: partSize, offset: from }),
    countCases(ctx, {}),
    listFilters(ctx, {}),
    listColleagues(ctx, {}),
    listPlans(ctx, {}),
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
    colleagues,
    plans,
    filter,
    userId,
  };
}

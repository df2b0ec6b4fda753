import { z } from "zod";
import { chosenParams, paramText } from "#app/_lib/param.ts";
import { caseOrders, caseViews } from "#core/cases/case-filter.ts";
import { reasonCodes, standings } from "#core/rules/vocabulary.ts";

const number = (max: number) => z.coerce.number().int().min(1).max(max).optional().catch(undefined);

/** The filter of the queue as its address holds it; what no list knows counts as nothing chosen. */
export const queueFilter = z.object({
  view: z.enum(caseViews).catch("open"),
  q: paramText(100).catch(""),
  detector: paramText(60).catch(""),
  reason: z.enum(reasonCodes).optional().catch(undefined),
  severity: number(3),
  plan: number(2_147_483_647),
  assignee: z.uuid().optional().catch(undefined),
  standing: z.enum(standings).optional().catch(undefined),
  /** Opened at least so many hours ago. */
  age: number(8_760),
  order: z.enum(caseOrders).catch("priority"),
});
export type QueueFilter = z.infer<typeof queueFilter>;

/** The input of the list. */
export function inputOf({ view, q, detector, reason, severity, plan, assignee, standing, age, order }: QueueFilter) {
  return {
    view,
    order,
    ...(q ? { search: q } : {}),
    ...(detector ? { detector } : {}),
    ...(reason ? { reasonCode: reason } : {}),
    ...(severity ? { severity } : {}),
    ...(plan ? { planId: plan } : {}),
    ...(assignee ? { assigneeUserId: assignee } : {}),
    ...(standing ? { standing } : {}),
    ...(age ? { openForHours: age } : {}),
  };
}

/** The address of a filter, with only what was chosen, and where the part starts. */
export function queryOf(filter: QueueFilter, from = 0): URLSearchParams {
  const { order, ...rest } = filter;
  return chosenParams({
    ...rest,
    order: order === "priority" ? undefined : order,
    from: from > 0 ? from : undefined,
  });
}

/** Whether anything but the tab and the order is chosen. */
export function isNarrowed({ view: _view, order: _order, ...rest }: QueueFilter): boolean {
  return chosenParams(rest).size > 0;
}

import { z } from "zod";
import { query } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { recordAccountViews } from "../personal-data/record-view.ts";
import { accountsOf } from "./accounts-of.ts";
import { nameKeys } from "./name-keys.ts";
import { dimensions, networkDimensions, readTops, trafficOrders } from "./read-traffic.ts";
import { needsTraffic, trafficFields, windowOf } from "./traffic-filter.ts";

/** One table of a view, with more of its rows than the page shows. */
export const listTopTraffic = query({
  permission: "accounts:list",
  input: z.strictObject({
    ...trafficFields,
    by: z.enum(dimensions),
    order: z.enum(trafficOrders).default("requests"),
    limit: numberOrText(z.number().int().min(1).max(1_000)).default(100),
  }),
  run: async (ctx, { by, order, limit, ...asked }) => {
    const filter = await accountsOf(ctx, asked);
    await recordAccountViews(ctx, asked.accountIds);
    const window = windowOf(filter, ctx.now);
    const isTraffic = needsTraffic(filter) || networkDimensions.some((one) => one === by);
    const source = { isTraffic, window: isTraffic ? window.traffic : window.usage };
    const found = await readTops(ctx, source, filter, { by: [by], order, limit });
    const rows = await nameKeys(ctx, found.rows);
    return { from: new Date(source.window.fromMs), until: new Date(source.window.untilMs), rows };
  },
});

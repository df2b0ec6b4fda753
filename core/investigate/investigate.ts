import { z } from "zod";
import { query } from "../frame/define.ts";
import { recordAccountViews } from "../personal-data/record-view.ts";
import type { GrainedWindow } from "../rules/usage/traffic-window.ts";
import { accountsOf } from "./accounts-of.ts";
import { describeChosen } from "./describe-chosen.ts";
import { nameKeys } from "./name-keys.ts";
import {
  type Dimension,
  dimensions,
  networkDimensions,
  noTops,
  readSteps,
  readTops,
  type TopRow,
  trafficOrders,
  usageDimensions,
} from "./read-traffic.ts";
import { recordedSince } from "./recorded-since.ts";
import { needsTraffic, type TrafficFilter, trafficFields, windowOf } from "./traffic-filter.ts";

/** Rows of each table of the page. */
const rowsShown = 10;

/**
 * What the gate has recorded, over all accounts or narrowed to some of it: requests over time by outcome, and the first ones by each
 * dimension. Every figure is a count of all decisions, nothing is sampled; networks and clients have a window of their own, since they
 * are counted by the hour at the finest.
 */
export const investigate = query({
  permission: "accounts:list",
  input: z.strictObject({
    ...trafficFields,
    order: z.enum(trafficOrders).default("requests"),
    /** Also the tables that take seconds over all accounts and many days: `without` says which. */
    isWhole: z.stringbool().or(z.boolean()).default(false),
  }),
  run: async (ctx, { order, isWhole, ...asked }) => {
    const filter = await accountsOf(ctx, asked);
    await recordAccountViews(ctx, asked.accountIds);
    const window = windowOf(filter, ctx.now);
    const isTraffic = needsTraffic(filter);
    const usage = { isTraffic, window: isTraffic ? window.traffic : window.usage };
    const traffic = { isTraffic: true, window: window.traffic };
    const top = { order, limit: rowsShown };
    const without = isWhole || !isLarge(filter, window.usage) ? [] : largeDimensions;
    const shownOf = <One extends Dimension>(of: readonly One[]) =>
      of.filter((one) => !without.some((left) => left === one));
    const [steps, tops, networks, networksSince, chosen] = await Promise.all([
      readSteps(ctx, usage, filter),
      readTops(ctx, usage, filter, { ...top, by: isTraffic ? dimensions : shownOf(usageDimensions) }),
      isTraffic || without.length > 0 ? noTops : readTops(ctx, traffic, filter, { ...top, by: networkDimensions }),
      recordedSince(ctx),
      describeChosen(ctx, filter),
    ]);
    const named = await nameKeys(ctx, [...tops.rows, ...networks.rows]);
    return {
      window: shown(usage.window),
      networkWindow: shown(traffic.window),
      /** Since when networks and clients are recorded; null = nothing yet. */
      networksSince,
      without,
      chosen,
      /** Calls of which network and client are recorded, and those of them that are beyond what is kept apart. */
      networkRequests: isTraffic ? tops.all : networks.all,
      beyondRequests: isTraffic ? tops.beyond : networks.beyond,
      requests: steps.reduce((sum, one) => sum + one.requests, 0),
      refused: steps.reduce((sum, one) => sum + (one.outcome === "allowed" ? 0 : one.requests), 0),
      stepSeconds: usage.window.stepSeconds,
      steps: steps.toSorted((a, b) => a.atMs - b.atMs || a.outcome.localeCompare(b.outcome)),
      tops: Object.fromEntries(dimensions.map((by) => [by, named.filter((row) => row.by === by)])) as Record<
        TopRow["by"],
        typeof named
      >,
    };
  },
});

/** Tables with as many groups as there are tokens and networks. */
const largeDimensions: readonly Dimension[] = ["token", ...networkDimensions];

/** Whether a view reads the days of all accounts, with nothing that an index finds. */
function isLarge(filter: TrafficFilter, { grain }: GrainedWindow): boolean {
  return grain === "day" && filter.accountIds.length === 0 && !needsTraffic(filter);
}

function shown({ grain, fromMs, untilMs }: GrainedWindow) {
  return { grain, from: new Date(fromMs), until: new Date(untilMs) };
}

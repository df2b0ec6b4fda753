import { eq } from "drizzle-orm";
import { z } from "zod";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { accountOf } from "../frame/scope.ts";
import { groupings, rangeAt, rangeBefore, usageRanges } from "../rules/usage/usage-range.ts";
import { readUsage } from "./read-usage.ts";

const seriesInput = z.strictObject({
  accountId: z.uuid().optional(),
  range: z.enum(usageRanges).default("1h"),
  /** `outcome` = allowed and refused; `code` = every decision code apart. */
  groupBy: z.enum(groupings).default("outcome"),
  tokenId: z.uuid().optional(),
  endpointId: numberOrText(z.number().int().min(0)).optional(),
  /** Also the period of the same length just before; the live range has none. */
  compare: z.stringbool().or(z.boolean()).default(false),
});

/**
 * Requests over time, grouped. `points` covers the whole range without gaps, oldest first; `total` is the sum over all of it.
 * The live range knows only allowed and refused, by token and endpoint; asked for another grouping it gives `outcome`, and says so.
 */
export const getUsageSeries = query({
  permission: "usage:read",
  input: seriesInput,
  run: async (ctx, given) => {
    const accountId = accountOf(ctx, given.accountId);
    const range = rangeAt(given.range, ctx.now.getTime());
    const isUnknown = range.grain === "second" && (given.groupBy === "code" || given.groupBy === "surface");
    const input = isUnknown ? { ...given, groupBy: "outcome" as const } : given;
    const before = given.compare && range.grain !== "second" ? rangeBefore(range) : null;
    const [rows, rowsBefore, labels] = await Promise.all([
      readUsage(ctx, accountId, range, input),
      before ? readUsage(ctx, accountId, before, input) : [],
      labelsOf(ctx, accountId, input.groupBy),
    ]);
    const totals = new Map<string, number>();
    const stepMs = range.stepSeconds * 1000;
    const points = Array.from({ length: range.steps }, (_, i) => ({
      atMs: range.fromMs + i * stepMs,
      values: {} as Record<string, number>,
    }));
    for (const row of rows) {
      const point = points[Math.floor((row.atMs - range.fromMs) / stepMs)];
      if (!point) continue;
      point.values[row.key] = (point.values[row.key] ?? 0) + row.requests;
      totals.set(row.key, (totals.get(row.key) ?? 0) + row.requests);
    }
    const totalsBefore = new Map<string, number>();
    const pointsBefore = new Array<number>(range.steps).fill(0);
    for (const row of rowsBefore) {
      const step = Math.floor((row.atMs - (before?.fromMs ?? 0)) / stepMs);
      pointsBefore[step] = (pointsBefore[step] ?? 0) + row.requests;
      totalsBefore.set(row.key, (totalsBefore.get(row.key) ?? 0) + row.requests);
    }
    for (const key of totalsBefore.keys()) if (!totals.has(key)) totals.set(key, 0);
    const keys = [...totals]
      .sort((a, b) => b[1] - a[1])
      .map(([key, requests]) => ({
        key,
        label: labels.get(key) ?? key,
        requests,
        requestsBefore: before ? (totalsBefore.get(key) ?? 0) : null,
      }));
    return {
      range: input.range,
      stepSeconds: range.stepSeconds,
      groupBy: input.groupBy,
      keys,
      points,
      /** Requests per step of the period before, beside `points`; null = not asked for. */
      before: before ? pointsBefore : null,
    };
  },
});

export type UsageSeries = Awaited<ReturnType<typeof getUsageSeries>>;
type SeriesInput = z.output<typeof seriesInput>;

async function labelsOf(ctx: Ctx, accountId: string, groupBy: SeriesInput["groupBy"]): Promise<Map<string, string>> {
  if (groupBy === "token") {
    const rows = await ctx.db
      .select({ id: token.id, name: token.name })
      .from(token)
      .where(eq(token.accountId, accountId));
    return new Map(rows.map((row) => [row.id, row.name]));
  }
  if (groupBy === "endpoint") {
    const rows = await ctx.db
      .select({ id: endpoint.id, method: endpoint.method, path: endpoint.path, surface: endpoint.surface })
      .from(endpoint);
    const named = rows.map((row): [string, string] => [String(row.id), words.route(row)]);
    return new Map([["0", words.noEndpoint], ...named]);
  }
  return new Map();
}

import { and, eq, gte, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { usageDay, usageHour, usageMinute, usageSecond } from "#db/schema/usage.ts";
import type { Ctx } from "../context.ts";
import { query } from "../define.ts";
import { type RangeShape, rangeAt, usageRanges } from "../rules/usage-range.ts";
import { accountOf } from "../scope.ts";

export const groupings = ["outcome", "code", "token", "endpoint", "surface"] as const;

const seriesInput = z.strictObject({
  accountId: z.uuid().optional(),
  range: z.enum(usageRanges).default("1h"),
  /** `outcome` = allowed and refused; `code` = every decision code apart. */
  groupBy: z.enum(groupings).default("outcome"),
  tokenId: z.uuid().optional(),
  endpointId: z.coerce.number().int().min(0).optional(),
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
    const rows = await (range.grain === "second" ? readSeconds : readCounts)(ctx, accountId, range, input);
    const labels = await labelsOf(ctx, accountId, input.groupBy);
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
    const keys = [...totals]
      .sort((a, b) => b[1] - a[1])
      .map(([key, requests]) => ({ key, label: labels.get(key) ?? key, requests }));
    return { range: input.range, stepSeconds: range.stepSeconds, groupBy: input.groupBy, keys, points };
  },
});

export type UsageSeries = Awaited<ReturnType<typeof getUsageSeries>>;
type SeriesInput = z.output<typeof seriesInput>;
type Row = { atMs: number; key: string; requests: number };

const tables = { minute: usageMinute, hour: usageHour, day: usageDay } as const;

async function readCounts(ctx: Ctx, accountId: string, range: RangeShape & { fromMs: number }, input: SeriesInput) {
  const table = tables[range.grain === "second" ? "minute" : range.grain];
  const columns: Record<(typeof groupings)[number], SQL> = {
    outcome: sql`case when ${table.outcome} = 'allowed' then 'allowed' else 'refused' end`,
    code: sql`${table.outcome}`,
    token: sql`${table.tokenId}::text`,
    endpoint: sql`${table.endpointId}::text`,
    surface: sql`${table.surface}`,
  };
  const rows = await ctx.db
    .select({
      atMs: sql<number>`(extract(epoch from date_bin(${`${range.stepSeconds} seconds`}::interval, ${table.at}, 'epoch'::timestamptz)) * 1000)::float8`,
      key: sql<string>`${columns[input.groupBy]}`,
      requests: sql<number>`sum(${table.requests})::float8`,
    })
    .from(table)
    .where(
      and(
        eq(table.accountId, accountId),
        gte(table.at, new Date(range.fromMs)),
        input.tokenId ? eq(table.tokenId, input.tokenId) : undefined,
        input.endpointId === undefined ? undefined : eq(table.endpointId, input.endpointId),
      ),
    )
    .groupBy(sql`1`, sql`2`);
  return rows satisfies Row[];
}

async function readSeconds(ctx: Ctx, accountId: string, range: RangeShape & { fromMs: number }, input: SeriesInput) {
  const rows = await ctx.db
    .select({
      at: usageSecond.at,
      tokenId: usageSecond.tokenId,
      endpointId: usageSecond.endpointId,
      allowed: usageSecond.allowed,
      refused: usageSecond.refused,
    })
    .from(usageSecond)
    .where(
      and(
        eq(usageSecond.accountId, accountId),
        gte(usageSecond.at, new Date(range.fromMs)),
        input.tokenId ? eq(usageSecond.tokenId, input.tokenId) : undefined,
        input.endpointId === undefined ? undefined : eq(usageSecond.endpointId, input.endpointId),
      ),
    );
  return rows.flatMap((row): Row[] => {
    const atMs = row.at.getTime();
    if (input.groupBy === "token") return [{ atMs, key: row.tokenId, requests: row.allowed + row.refused }];
    if (input.groupBy === "endpoint")
      return [{ atMs, key: String(row.endpointId), requests: row.allowed + row.refused }];
    return [
      { atMs, key: "allowed", requests: row.allowed },
      { atMs, key: "refused", requests: row.refused },
    ].filter((one) => one.requests > 0);
  });
}

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
    const named = rows.map((row): [string, string] => [
      String(row.id),
      row.surface === "http" ? `${row.method === "*" ? "any" : row.method} ${row.path}` : row.surface.toUpperCase(),
    ]);
    return new Map([["0", "no such endpoint"], ...named]);
  }
  return new Map();
}

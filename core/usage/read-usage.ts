import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { usageDay, usageHour, usageMinute, usageSecond } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import type { Grouping, RangeShape } from "../rules/usage/usage-range.ts";
import { secondsOf } from "./seconds-of.ts";

type Range = RangeShape & { fromMs: number };
type Asked = {
  groupBy: Grouping;
  tokenId?: string | undefined;
  endpointId?: number | undefined;
};
/** Requests of one group in one step; several rows may fall into the same step. */
export type UsageRow = { atMs: number; key: string; requests: number };

/** Requests of an account in the steps of a range, by group. The caller has checked whose account it is. */
export function readUsage(ctx: Ctx, accountId: string, range: Range, asked: Asked): Promise<UsageRow[]> {
  return (range.grain === "second" ? readSeconds : readCounts)(ctx, accountId, range, asked);
}

function endOf({ fromMs, steps, stepSeconds }: Range): number {
  return fromMs + steps * stepSeconds * 1000;
}

const tables = { minute: usageMinute, hour: usageHour, day: usageDay } as const;

async function readCounts(ctx: Ctx, accountId: string, range: Range, input: Asked): Promise<UsageRow[]> {
  const table = tables[range.grain === "second" ? "minute" : range.grain];
  const columns: Record<Grouping, SQL> = {
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
        lt(table.at, new Date(endOf(range))),
        input.tokenId ? eq(table.tokenId, input.tokenId) : undefined,
        input.endpointId === undefined ? undefined : eq(table.endpointId, input.endpointId),
      ),
    )
    .groupBy(sql`1`, sql`2`);
  return rows;
}

async function readSeconds(ctx: Ctx, accountId: string, range: Range, input: Asked): Promise<UsageRow[]> {
  const seconds = secondsOf(accountId, new Date(range.fromMs));
  const rows = await ctx.db
    .select({
      at: usageSecond.at,
      tokenId: usageSecond.tokenId,
      endpointId: usageSecond.endpointId,
      allowed: usageSecond.allowed,
      refused: usageSecond.refused,
    })
    .from(seconds)
    .where(
      and(
        input.tokenId ? eq(usageSecond.tokenId, input.tokenId) : undefined,
        input.endpointId === undefined ? undefined : eq(usageSecond.endpointId, input.endpointId),
      ),
    );
  return rows.flatMap((row): UsageRow[] => {
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

import { and, gte, inArray, lte, type SQL, sql } from "drizzle-orm";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { usageMinute, usageSecond } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { findLimit, type LimitKind } from "../rules/limits/catalogue.ts";
import { type BudgetWindow, budgetWindow } from "../rules/limits/receipt.ts";
import { secondMs } from "../rules/time.ts";
import { countedTogether } from "./counted-together.ts";
import { secondsOf } from "./seconds-of.ts";

type Refused = {
  accountId: string;
  tokenId: string;
  endpointId: number;
  at: Date;
  limiter: { name: string; kind: LimitKind; windowSeconds: number };
};

type Counted = { atMs: number; tokenId: string; endpointId: number; allowed: number; refused: number };

export type BudgetUser = { tokenId: string; tokenName: string | null; endpointName: string | null; used: number };

export type Budget = BudgetWindow & {
  /** Requests per step; for a quota, what they cost. */
  points: { atMs: number; allowed: number; refused: number }[];
  /** Who used it, most first; at most five. */
  users: BudgetUser[];
  used: number;
};

const maxUsers = 5;

/** What lay in a limiter's window when it refused. */
export async function readBudget(ctx: Ctx, refused: Refused): Promise<Budget> {
  const window = budgetWindow(refused.limiter, refused.at.getTime());
  const rows = await readCounted[refused.limiter.kind](ctx, refused, window);
  const stepMs = window.stepSeconds * secondMs;
  const points: Budget["points"] = [];
  for (let atMs = window.fromMs; atMs <= window.toMs; atMs += stepMs) points.push({ atMs, allowed: 0, refused: 0 });
  const byUser = new Map<string, { tokenId: string; endpointId: number; used: number }>();
  for (const row of rows) {
    const point = points[Math.floor((row.atMs - window.fromMs) / stepMs)];
    if (!point) continue;
    point.allowed += row.allowed;
    point.refused += row.refused;
    const key = `${row.tokenId} ${row.endpointId}`;
    const user = byUser.get(key) ?? { tokenId: row.tokenId, endpointId: row.endpointId, used: 0 };
    user.used += row.allowed;
    byUser.set(key, user);
  }
  const users = [...byUser.values()].filter((one) => one.used > 0).sort((a, b) => b.used - a.used);
  const used = users.reduce((sum, one) => sum + one.used, 0);
  return { ...window, points, users: await named(ctx, users.slice(0, maxUsers)), used };
}

const readCounted: Record<LimitKind, (ctx: Ctx, refused: Refused, window: BudgetWindow) => Promise<Counted[]>> = {
  rate: readSeconds,
  quota: readMinutes,
};

async function readSeconds(ctx: Ctx, refused: Refused, window: BudgetWindow): Promise<Counted[]> {
  const inWindow = secondsOf(refused.accountId, new Date(window.fromMs), new Date(window.toMs + secondMs));
  const rows = await ctx.db
    .select({
      at: usageSecond.at,
      tokenId: usageSecond.tokenId,
      endpointId: usageSecond.endpointId,
      allowed: usageSecond.allowed,
      refused: usageSecond.refused,
    })
    .from(inWindow)
    .where(
      and(
        ...countedTogether(usageSecond, findLimit(refused.limiter.name), refused),
        lte(usageSecond.at, new Date(window.toMs)),
      ),
    );
  return rows.map(({ at, ...row }) => ({ ...row, atMs: at.getTime() }));
}

async function readMinutes(ctx: Ctx, refused: Refused, window: BudgetWindow): Promise<Counted[]> {
  const hour: SQL<Date> = sql`date_trunc('hour', ${usageMinute.at}, 'UTC')`;
  const rows = await ctx.db
    .select({
      at: sql<string>`${hour}`,
      tokenId: usageMinute.tokenId,
      endpointId: usageMinute.endpointId,
      allowed: sql<number>`sum(${usageMinute.spent})::float8`,
      refused: sql<number>`coalesce(sum(${usageMinute.requests}) filter (where ${usageMinute.outcome} = 'quota_exceeded'), 0)::float8`,
    })
    .from(usageMinute)
    .where(
      and(
        ...countedTogether(usageMinute, findLimit(refused.limiter.name), refused),
        gte(usageMinute.at, new Date(window.fromMs)),
        lte(usageMinute.at, new Date(window.toMs)),
      ),
    )
    .groupBy(hour, usageMinute.tokenId, usageMinute.endpointId);
  return rows.map(({ at, ...row }) => ({ ...row, atMs: new Date(at).getTime() }));
}

async function named(ctx: Ctx, users: { tokenId: string; endpointId: number; used: number }[]): Promise<BudgetUser[]> {
  if (users.length === 0) return [];
  const tokens = await ctx.db
    .select({ id: token.id, name: token.name })
    .from(token)
    .where(
      inArray(
        token.id,
        users.map((one) => one.tokenId),
      ),
    );
  const endpoints = await ctx.db
    .select({ id: endpoint.id, name: endpoint.name })
    .from(endpoint)
    .where(
      inArray(
        endpoint.id,
        users.map((one) => one.endpointId),
      ),
    );
  return users.map(({ tokenId, endpointId, used }) => ({
    tokenId,
    tokenName: tokens.find((one) => one.id === tokenId)?.name ?? null,
    endpointName: endpoints.find((one) => one.id === endpointId)?.name ?? null,
    used,
  }));
}

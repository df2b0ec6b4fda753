import { and, eq, gt, sql } from "drizzle-orm";
import { endpoint } from "#db/schema/provider.ts";
import { usageDay, usageSecond } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import {
  amountsOf,
  type CountedRequest,
  type Limit,
  type LimitKind,
  limits,
  windowSecondsOf,
} from "../rules/limits/catalogue.ts";
import type { LimitUse } from "../rules/limits/check-order.ts";
import { dayStartMs } from "../rules/limits/quota.ts";
import { throttleFactorAt } from "../rules/standing/standing.ts";
import { countedTogether } from "../usage/counted-together.ts";
import { readTerms } from "../usage/limits-in-force.ts";
import { secondsOf } from "../usage/seconds-of.ts";

type Asked = CountedRequest & { capPerDay: number | null; capPerMinute: number | null };

/** The limits a request would be held to, in the published order, with what is used of each by the counts in the database. */
export async function limitUses(ctx: Ctx, asked: Asked): Promise<LimitUse[]> {
  const nowMs = ctx.now.getTime();
  const { plan, overrides, actions, endpoints } = await readTerms(ctx, asked.accountId);
  const throttleFactor = throttleFactorAt(actions, asked.tokenId, asked.endpointId, nowMs);
  const matched = endpoints.find((one) => one.id === asked.endpointId) ?? null;
  const amounts = amountsOf({ token: asked, endpoint: matched, plan, overrides, throttleFactor }, nowMs);
  return Promise.all(
    limits.map(async (limit) => ({
      name: limit.name,
      limit: amounts[limit.place] ?? null,
      used: await used[limit.kind](ctx, limit, asked),
    })),
  );
}

const used: Record<LimitKind, (ctx: Ctx, limit: Limit, asked: Asked) => Promise<number>> = {
  rate: usedInWindow,
  quota: usedToday,
};

/** Cost of what was allowed in the last seconds. */
async function usedInWindow(ctx: Ctx, limit: Limit, asked: Asked): Promise<number> {
  const from = new Date(ctx.now.getTime() - windowSecondsOf(limit, asked) * 1000);
  const inWindow = secondsOf(asked.accountId, from);
  const [row] = await ctx.db
    .select({ spent: sql<number>`coalesce(sum(${usageSecond.allowed} * ${endpoint.cost}), 0)::float8` })
    .from(inWindow)
    .innerJoin(endpoint, eq(endpoint.id, usageSecond.endpointId))
    .where(and(...countedTogether(usageSecond, limit, asked), gt(usageSecond.at, from)));
  return row?.spent ?? 0;
}

async function usedToday(ctx: Ctx, limit: Limit, asked: Asked): Promise<number> {
  const today = new Date(dayStartMs(ctx.now.getTime()));
  const [row] = await ctx.db
    .select({ spent: sql<number>`coalesce(sum(${usageDay.spent}), 0)::float8` })
    .from(usageDay)
    .where(and(...countedTogether(usageDay, limit, asked), eq(usageDay.at, today)));
  return row?.spent ?? 0;
}

import { and, eq, gt, sql } from "drizzle-orm";
import { endpoint } from "#db/schema/provider.ts";
import { usageDay, usageSecond } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { actionsInForce } from "../frame/standing-of.ts";
import type { LimitUse } from "../rules/limits/check-order.ts";
import { throttled } from "../rules/limits/effective-limits.ts";
import { dayStartMs } from "../rules/limits/quota.ts";
import { throttleFactorAt } from "../rules/standing/standing.ts";
import { spentToday } from "../usage/get-quota.ts";
import { limitsInForce } from "../usage/limits-in-force.ts";

type Asked = {
  accountId: string;
  tokenId: string;
  endpoint: { id: number; windowSeconds: number };
  capPerDay: number | null;
  capPerMinute: number | null;
};

/** The limits a request would be held to, in the published order, with what is used of each by the counts in the database. */
export async function limitUses(ctx: Ctx, asked: Asked): Promise<LimitUse[]> {
  const { accountId, tokenId, capPerDay, capPerMinute } = asked;
  const nowMs = ctx.now.getTime();
  const { quotaPerDay, endpoints } = await limitsInForce(ctx, accountId, tokenId);
  const actions = await actionsInForce(ctx, [accountId]);
  const factor = throttleFactorAt(actions, tokenId, asked.endpoint.id, nowMs);
  const since = (seconds: number) => new Date(nowMs - seconds * 1000);
  const ofEndpoint = and(
    eq(usageSecond.endpointId, asked.endpoint.id),
    gt(usageSecond.at, since(asked.endpoint.windowSeconds)),
  );
  const ofToken = and(eq(usageSecond.tokenId, tokenId), gt(usageSecond.at, since(60)));
  const [tokenDay] = await ctx.db
    .select({ spent: sql<number>`coalesce(sum(${usageDay.spent}), 0)::float8` })
    .from(usageDay)
    .where(
      and(
        eq(usageDay.accountId, accountId),
        eq(usageDay.tokenId, tokenId),
        eq(usageDay.at, new Date(dayStartMs(nowMs))),
      ),
    );
  return [
    {
      name: "endpoint-rate",
      limit: endpoints.find((one) => one.id === asked.endpoint.id)?.limit ?? null,
      used: await spentIn(ctx, accountId, ofEndpoint),
    },
    { name: "token-rate", limit: throttled(capPerMinute, factor), used: await spentIn(ctx, accountId, ofToken) },
    { name: "token-quota", limit: capPerDay, used: tokenDay?.spent ?? 0 },
    { name: "account-quota", limit: quotaPerDay, used: await spentToday(ctx, accountId) },
  ];
}

/** Cost of what was allowed in some seconds. */
async function spentIn(ctx: Ctx, accountId: string, which: ReturnType<typeof and>): Promise<number> {
  const [row] = await ctx.db
    .select({ spent: sql<number>`coalesce(sum(${usageSecond.allowed} * ${endpoint.cost}), 0)::float8` })
    .from(usageSecond)
    .innerJoin(endpoint, eq(endpoint.id, usageSecond.endpointId))
    .where(and(eq(usageSecond.accountId, accountId), which));
  return row?.spent ?? 0;
}

import { asc, count, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { endpoint, plan, planLimit } from "#db/schema/provider.ts";
import { query } from "../frame/define.ts";

/** Plans with their own limits and how many accounts are on them, and every endpoint, for the editor. */
export const getLimits = query({
  permission: "limits:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const plans = await ctx.db
      .select({
        id: plan.id,
        name: plan.name,
        quotaPerDay: plan.quotaPerDay,
        version: plan.version,
        accounts: count(account.id),
      })
      .from(plan)
      .leftJoin(account, eq(account.planId, plan.id))
      .groupBy(plan.id)
      .orderBy(asc(plan.position));
    const own = await ctx.db
      .select({
        planId: planLimit.planId,
        endpointId: planLimit.endpointId,
        endpointName: endpoint.name,
        rateLimit: planLimit.rateLimit,
        windowSeconds: endpoint.windowSeconds,
      })
      .from(planLimit)
      .innerJoin(endpoint, eq(endpoint.id, planLimit.endpointId))
      .orderBy(asc(endpoint.name));
    const endpoints = await ctx.db
      .select({
        id: endpoint.id,
        name: endpoint.name,
        surface: endpoint.surface,
        method: endpoint.method,
        path: endpoint.path,
        scope: endpoint.scope,
        rateLimit: endpoint.rateLimit,
        windowSeconds: endpoint.windowSeconds,
        cost: endpoint.cost,
        recipientsPerCall: endpoint.recipientsPerCall,
        isDenied: sql<boolean>`${endpoint.deniedAt} is not null`,
        version: endpoint.version,
      })
      .from(endpoint)
      .orderBy(asc(endpoint.surface), asc(endpoint.name));
    return { plans: plans.map((row) => ({ ...row, limits: own.filter((one) => one.planId === row.id) })), endpoints };
  },
});

export type Limits = Awaited<ReturnType<typeof getLimits>>;

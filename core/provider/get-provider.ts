import { asc, sql } from "drizzle-orm";
import { z } from "zod";
import { endpoint, scope } from "#db/schema/provider.ts";
import { query } from "../frame/define.ts";
import { listPlans } from "./list-plans.ts";

/** Plans, endpoints and scopes of this provider, for forms and names in charts. */
export const getProvider = query({
  permission: "provider:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const plans = await listPlans(ctx, {});
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
      })
      .from(endpoint)
      .orderBy(asc(endpoint.id));
    const scopes = await ctx.db
      .select({ name: scope.name, area: scope.area, description: scope.description })
      .from(scope)
      .orderBy(sql`${scope.position}`);
    return { plans, endpoints, scopes };
  },
});

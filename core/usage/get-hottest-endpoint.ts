import { and, desc, eq, gte, sql } from "drizzle-orm";
import { z } from "zod";
import { usageHour } from "#db/schema/usage.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { dayMs } from "../rules/time.ts";
import { limitsInForce } from "./limits-in-force.ts";

/** The endpoint whose rate limit refused most in the last 24 hours, with that limit as it is now; null when none refused. */
export const getHottestEndpoint = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const refused = sql<number>`sum(${usageHour.requests})::float8`;
    const [top] = await ctx.db
      .select({ endpointId: usageHour.endpointId, refused })
      .from(usageHour)
      .where(
        and(
          eq(usageHour.accountId, accountId),
          gte(usageHour.at, new Date(ctx.now.getTime() - dayMs)),
          eq(usageHour.outcome, "rate_limited"),
        ),
      )
      .groupBy(usageHour.endpointId)
      .orderBy(desc(refused))
      .limit(1);
    if (!top) return null;
    const { endpoints } = await limitsInForce(ctx, accountId);
    return endpoints.find((row) => row.id === top.endpointId) ?? null;
  },
});

import { and, count, eq, gte, isNull, max, sql } from "drizzle-orm";
import { z } from "zod";
import { member } from "#db/schema/accounts.ts";
import { session } from "#db/schema/auth.ts";
import { token } from "#db/schema/tokens.ts";
import { usageHour } from "#db/schema/usage.ts";
import { query } from "../define.ts";

/** What suspending an account would stop, from its recorded traffic of the last 24 hours. */
export const previewSuspension = query({
  permission: "cases:read",
  input: z.strictObject({ accountId: z.uuid() }),
  run: async (ctx, { accountId }) => {
    const since = new Date(ctx.now.getTime() - 24 * 3_600_000);
    const [traffic] = await ctx.db
      .select({
        requests: sql<number>`coalesce(sum(${usageHour.requests}), 0)::float8`,
        allowed: sql<number>`coalesce(sum(${usageHour.requests}) filter (where ${usageHour.outcome} = 'allowed'), 0)::float8`,
        surfaces: sql<string[]>`coalesce(array_agg(distinct ${usageHour.surface}), '{}')`,
        endpoints: sql<number>`count(distinct ${usageHour.endpointId})::int`,
      })
      .from(usageHour)
      .where(and(eq(usageHour.accountId, accountId), gte(usageHour.at, since)));
    const [live] = await ctx.db
      .select({ tokens: count() })
      .from(token)
      .where(and(eq(token.accountId, accountId), isNull(token.revokedAt)));
    const [owners] = await ctx.db
      .select({ members: sql<number>`count(distinct ${member.userId})::int`, lastSignInAt: max(session.createdAt) })
      .from(member)
      .leftJoin(session, eq(session.userId, member.userId))
      .where(eq(member.accountId, accountId));
    const requests = traffic?.requests ?? 0;
    return {
      liveTokens: live?.tokens ?? 0,
      requests24Hours: requests,
      /** Share that was allowed, 0 to 1; null without traffic. */
      cleanShare: requests === 0 ? null : (traffic?.allowed ?? 0) / requests,
      surfaces: traffic?.surfaces ?? [],
      endpoints: traffic?.endpoints ?? 0,
      members: owners?.members ?? 0,
      lastSignInAt: owners?.lastSignInAt ?? null,
    };
  },
});

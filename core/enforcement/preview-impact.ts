import { and, count, countDistinct, eq, gte, isNull, max, sql } from "drizzle-orm";
import { z } from "zod";
import { member } from "#db/schema/accounts.ts";
import { session } from "#db/schema/auth.ts";
import { integration } from "#db/schema/integrations.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { usageHour } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { hourMs } from "../rules/time.ts";

/** Requests of the last 24 hours that one choice of scope reaches. */
export type Reach = {
  /** `account`, `surface:http`, `token:<id>` or `endpoint:<id>`. */
  key: string;
  requests: number;
  /** Share that was allowed, 0 to 1; null without traffic. */
  cleanShare: number | null;
  /** Requests per hour, oldest of the 24 first. */
  hours: number[];
};

/**
 * What a measure would stop, from the recorded traffic of the last 24 hours: for the whole account and for each surface, token and
 * endpoint that had traffic, so that a narrower choice can be compared at once; and who is behind it.
 */
export const previewImpact = query({
  permission: "cases:read",
  input: z.strictObject({ accountId: z.uuid() }),
  run: async (ctx, { accountId }) => {
    const [people] = await ctx.db
      .select({ members: countDistinct(member.userId), lastSignInAt: max(session.createdAt) })
      .from(member)
      .leftJoin(session, eq(session.userId, member.userId))
      .where(eq(member.accountId, accountId));
    const [apps] = await ctx.db
      .select({ live: count() })
      .from(integration)
      .where(and(eq(integration.accountId, accountId), isNull(integration.archivedAt)));
    const tokens = await ctx.db
      .select({ id: token.id, name: token.name })
      .from(token)
      .where(
        and(
          eq(token.accountId, accountId),
          isNull(token.revokedAt),
          sql`(${token.expiresAt} is null or ${token.expiresAt} > ${ctx.now})`,
        ),
      )
      .orderBy(token.name)
      .limit(200);
    const endpoints = await ctx.db
      .select({ id: endpoint.id, name: endpoint.name })
      .from(endpoint)
      .orderBy(endpoint.name);
    return {
      reaches: await reachesOf(ctx, accountId),
      tokens,
      endpoints,
      members: people?.members ?? 0,
      integrations: apps?.live ?? 0,
      lastSignInAt: people?.lastSignInAt ?? null,
    };
  },
});

export type Impact = Awaited<ReturnType<typeof previewImpact>>;

async function reachesOf(ctx: Ctx, accountId: string): Promise<Reach[]> {
  const firstMs = Math.floor(ctx.now.getTime() / hourMs) * hourMs - 23 * hourMs;
  const rows = await ctx.db
    .select({
      at: usageHour.at,
      surface: usageHour.surface,
      tokenId: usageHour.tokenId,
      endpointId: usageHour.endpointId,
      requests: sql<number>`sum(${usageHour.requests})::float8`,
      allowed: sql<number>`coalesce(sum(${usageHour.requests}) filter (where ${usageHour.outcome} = 'allowed'), 0)::float8`,
    })
    .from(usageHour)
    .where(and(eq(usageHour.accountId, accountId), gte(usageHour.at, new Date(firstMs))))
    .groupBy(usageHour.at, usageHour.surface, usageHour.tokenId, usageHour.endpointId);
  const found = new Map<string, { requests: number; allowed: number; hours: number[] }>();
  for (const row of rows) {
    const hour = Math.floor((row.at.getTime() - firstMs) / hourMs);
    const keys = ["account", `surface:${row.surface}`, `token:${row.tokenId}`, `endpoint:${row.endpointId}`];
    for (const key of keys) {
      const reach = found.get(key) ?? { requests: 0, allowed: 0, hours: Array.from({ length: 24 }, () => 0) };
      reach.requests += row.requests;
      reach.allowed += row.allowed;
      reach.hours[hour] = (reach.hours[hour] ?? 0) + row.requests;
      found.set(key, reach);
    }
  }
  return [...found].map(([key, { requests, allowed, hours }]) => ({
    key,
    requests,
    cleanShare: requests === 0 ? null : allowed / requests,
    hours,
  }));
}

import { and, asc, desc, eq, gte, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { user } from "#db/schema/auth.ts";
import { integration } from "#db/schema/integrations.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token, tokenLastUse } from "#db/schema/tokens.ts";
import { networkDay, usageDay } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { actionsInForce } from "../frame/standing-of.ts";
import { dayStartMs } from "../rules/limits/quota.ts";
import { dayMs } from "../rules/time.ts";
import { secretState } from "../rules/tokens/rotation.ts";
import { tokenStateUnder } from "../rules/tokens/token-state.ts";
import { tokenDays } from "../usage/token-days.ts";
import { cutRights } from "./cut-rights.ts";
import { secretsOf } from "./secrets-of.ts";

/** For how long use is looked at before a scope is called unused. */
export const unusedAfterDays = 30;
const networksShown = 5;

/** One token with everything its page says of it: facts, secrets, where it is used from, and which scopes nobody uses. */
export const getToken = query({
  permission: "tokens:read",
  input: z.strictObject({ tokenId: z.uuid() }),
  run: async (ctx, { tokenId }) => {
    const found = await facts(ctx, tokenId);
    if (!found) throw notFound("token");
    const sinceMs = dayStartMs(ctx.now.getTime()) - (unusedAfterDays - 1) * dayMs;
    const use = await useByEndpoint(ctx, found.accountId, tokenId, new Date(sinceMs));
    const usedScopes = new Set(use.filter((row) => row.allowed > 0).map((row) => row.scope));
    const networks = await ctx.db
      .select({
        network: networkDay.network,
        lastDay: sql<string>`max(${networkDay.day})::text`,
        requests: sql<number>`sum(${networkDay.requests})::float8`,
      })
      .from(networkDay)
      .where(
        and(
          eq(networkDay.accountId, found.accountId),
          eq(networkDay.tokenId, tokenId),
          gte(networkDay.day, new Date(sinceMs).toISOString().slice(0, 10)),
        ),
      )
      .groupBy(networkDay.network)
      .orderBy(desc(sql`2`), desc(sql`3`))
      .limit(networksShown);
    const secrets = await secretsOf(ctx, tokenId);
    const days = await tokenDays(ctx, found.accountId, tokenId);
    return {
      ...found,
      ...tokenStateUnder(await actionsInForce(ctx, [found.accountId]), found, ctx.now),
      secrets: secrets.map((secret) => ({ ...secret, state: secretState(secret, ctx.now) })),
      preview: secrets[0]?.preview ?? "",
      cutRights: await cutRights(ctx, tokenId),
      today: days.today.get(tokenId) ?? { requests: 0, refused: 0, spent: 0 },
      /** Requests per hour of the last 24, oldest first. */
      hours: days.hours.get(tokenId) ?? [],
      networks,
      endpoints: use,
      unusedScopes: found.scopes.filter((name) => !usedScopes.has(name)),
      /** How many of the days looked at the token has existed; fewer say less. */
      watchedDays: Math.min(unusedAfterDays, Math.floor((ctx.now.getTime() - found.createdAt.getTime()) / dayMs)),
    };
  },
});

export type TokenDetail = Awaited<ReturnType<typeof getToken>>;

async function facts(ctx: Ctx, tokenId: string) {
  const editor = alias(user, "editor");
  const [found] = await ctx.db
    .select({
      id: token.id,
      accountId: token.accountId,
      name: token.name,
      scopes: token.scopes,
      allowedNetworks: token.allowedNetworks,
      capPerDay: token.capPerDay,
      capPerMinute: token.capPerMinute,
      integrationId: token.integrationId,
      integrationName: integration.name,
      createdAt: token.createdAt,
      createdBy: user.name,
      expiresAt: token.expiresAt,
      pausedAt: token.pausedAt,
      revokedAt: token.revokedAt,
      revokedReason: token.revokedReason,
      version: token.version,
      updatedAt: token.updatedAt,
      updatedBy: editor.name,
      lastUsedAt: tokenLastUse.at,
      lastUsedIp: tokenLastUse.ip,
      lastUsedEndpoint: endpoint.name,
      lastUsedClient: tokenLastUse.userAgent,
    })
    .from(token)
    .leftJoin(user, eq(user.id, token.createdByUserId))
    .leftJoin(editor, eq(editor.id, token.updatedByUserId))
    .leftJoin(integration, eq(integration.id, token.integrationId))
    .leftJoin(tokenLastUse, eq(tokenLastUse.tokenId, token.id))
    .leftJoin(endpoint, eq(endpoint.id, tokenLastUse.endpointId))
    .where(and(eq(token.id, tokenId), scoped(ctx, token.accountId)));
  return found;
}

/** What the token called since then, per endpoint, most called first. */
async function useByEndpoint(ctx: Ctx, accountId: string, tokenId: string, since: Date) {
  const requests = sql<number>`sum(${usageDay.requests})::float8`;
  return ctx.db
    .select({
      endpointId: usageDay.endpointId,
      scope: endpoint.scope,
      surface: endpoint.surface,
      method: endpoint.method,
      path: endpoint.path,
      requests,
      allowed: sql<number>`coalesce(sum(${usageDay.requests}) filter (where ${usageDay.outcome} = 'allowed'), 0)::float8`,
    })
    .from(usageDay)
    .leftJoin(endpoint, eq(endpoint.id, usageDay.endpointId))
    .where(and(eq(usageDay.accountId, accountId), eq(usageDay.tokenId, tokenId), gte(usageDay.at, since)))
    .groupBy(usageDay.endpointId, endpoint.scope, endpoint.surface, endpoint.method, endpoint.path)
    .orderBy(desc(requests), asc(usageDay.endpointId));
}

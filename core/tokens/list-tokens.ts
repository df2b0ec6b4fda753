import { desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { integration } from "#db/schema/integrations.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token, tokenLastUse, tokenSecret } from "#db/schema/tokens.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { actionsInForce } from "../frame/standing-of.ts";
import { tokenStateUnder } from "../rules/tokens/token-state.ts";
import { type TokenDays, tokenDays } from "../usage/token-days.ts";

/** All tokens of an account, newest first, revoked and expired ones too, with last use and today's counts. */
export const listTokens = query({
  permission: "tokens:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) => readTokens(ctx, accountOf(ctx, input.accountId)),
});

/** The same for whoever has checked whose account it is. `known`: what its tokens were used, when that has been asked for already. */
export async function readTokens(ctx: Ctx, accountId: string, known?: TokenDays) {
  const rowsAsked = ctx.db
    .select({
      id: token.id,
      name: token.name,
      scopes: token.scopes,
      allowedNetworks: token.allowedNetworks,
      capPerDay: token.capPerDay,
      capPerMinute: token.capPerMinute,
      createdAt: token.createdAt,
      expiresAt: token.expiresAt,
      pausedAt: token.pausedAt,
      revokedAt: token.revokedAt,
      revokedReason: token.revokedReason,
      version: token.version,
      preview: sql<string>`(select ${tokenSecret.preview} from ${tokenSecret}
          where ${tokenSecret.tokenId} = ${token.id} order by ${tokenSecret.createdAt} desc limit 1)`,
      /** Set while two secrets work: when the old one stops. */
      rotatingUntil: sql<Date | null>`(select max(${tokenSecret.retiresAt}) from ${tokenSecret}
          where ${tokenSecret.tokenId} = ${token.id} and ${tokenSecret.retiresAt} > ${ctx.now})`.mapWith(
        tokenSecret.retiresAt,
      ),
      integrationId: token.integrationId,
      integrationName: integration.name,
      lastUsedAt: tokenLastUse.at,
      lastUsedIp: tokenLastUse.ip,
      lastUsedEndpoint: endpoint.name,
      lastUsedClient: tokenLastUse.userAgent,
    })
    .from(token)
    .leftJoin(tokenLastUse, eq(tokenLastUse.tokenId, token.id))
    .leftJoin(endpoint, eq(endpoint.id, tokenLastUse.endpointId))
    .leftJoin(integration, eq(integration.id, token.integrationId))
    .where(eq(token.accountId, accountId))
    .orderBy(desc(isNull(token.revokedAt)), desc(token.createdAt), desc(token.id))
    .limit(1_000);
  const [rows, days, actions] = await Promise.all([
    rowsAsked,
    known ?? tokenDays(ctx, accountId),
    actionsInForce(ctx, [accountId]),
  ]);
  return rows.map((row) => ({
    ...row,
    ...tokenStateUnder(actions, row, ctx.now),
    today: days.today.get(row.id) ?? { requests: 0, refused: 0, spent: 0 },
    /** Requests per hour of the last 24, oldest first. */
    hours: days.hours.get(row.id) ?? [],
  }));
}

export type TokenRow = Awaited<ReturnType<typeof listTokens>>[number];

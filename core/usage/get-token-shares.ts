import { eq, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { token } from "#db/schema/tokens.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { type TokenDays, tokenDays } from "./token-days.ts";

/** Who uses the quota today: every token with requests since midnight UTC, largest first, with its share of what was spent. */
export const getTokenShares = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) => readTokenShares(ctx, accountOf(ctx, input.accountId)),
});

/** The same for whoever has checked whose account it is. `known`: what its tokens were used, when that has been asked for already. */
export async function readTokenShares(ctx: Ctx, accountId: string, known?: TokenDays) {
  const { today, hours } = known ?? (await tokenDays(ctx, accountId));
  const names = await ctx.db
    .select({
      id: token.id,
      name: token.name,
      version: token.version,
      capPerDay: token.capPerDay,
      capPerMinute: token.capPerMinute,
      isRevoked: isNotNull(token.revokedAt).mapWith(Boolean),
    })
    .from(token)
    .where(eq(token.accountId, accountId));
  const spent = [...today.values()].reduce((sum, row) => sum + row.spent, 0);
  return names
    .flatMap(({ id, ...facts }) => {
      const counts = today.get(id);
      if (!counts) return [];
      return [
        {
          tokenId: id,
          ...facts,
          ...counts,
          share: spent === 0 ? 0 : counts.spent / spent,
          hours: hours.get(id) ?? [],
        },
      ];
    })
    .sort((a, b) => b.spent - a.spent || b.requests - a.requests);
}

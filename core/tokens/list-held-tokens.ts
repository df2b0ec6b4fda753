import { and, asc, eq, gt, isNotNull, isNull, or } from "drizzle-orm";
import { z } from "zod";
import { token, tokenSecret } from "#db/schema/tokens.ts";
import { query } from "../frame/define.ts";
import { isTokenScope } from "../frame/permissions.ts";
import { accountOf } from "../frame/scope.ts";

/**
 * Live tokens of the account by the member who has their secret, for what happens to them when that member goes or gets another role.
 * `rights` are those in Gatehouse, which are cut to the member's; the provider's scopes are the account's and stay.
 */
export const listHeldTokens = query({
  permission: "tokens:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const rows = await ctx.db
      .selectDistinctOn([token.name, token.id, tokenSecret.givenToUserId], {
        tokenId: token.id,
        name: token.name,
        scopes: token.scopes,
        userId: tokenSecret.givenToUserId,
      })
      .from(token)
      .innerJoin(tokenSecret, eq(tokenSecret.tokenId, token.id))
      .where(
        and(
          eq(token.accountId, accountOf(ctx, undefined)),
          isNull(token.revokedAt),
          or(isNull(token.expiresAt), gt(token.expiresAt, ctx.now)),
          or(isNull(tokenSecret.retiresAt), gt(tokenSecret.retiresAt, ctx.now)),
          isNotNull(tokenSecret.givenToUserId),
        ),
      )
      .orderBy(asc(token.name), token.id, tokenSecret.givenToUserId);
    return rows.map(({ scopes, ...held }) => ({ ...held, rights: scopes.filter(isTokenScope) }));
  },
});

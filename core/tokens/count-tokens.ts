import { and, count, eq, gt, isNull, notInArray, or } from "drizzle-orm";
import { z } from "zod";
import { token } from "#db/schema/tokens.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { actionsInForce } from "../frame/standing-of.ts";
import { isInForce } from "../rules/standing/standing.ts";

/** How many tokens of an account work now: neither revoked, expired nor paused, by a member or by the provider. */
export const countTokens = query({
  permission: "tokens:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const paused = (await actionsInForce(ctx, [accountId])).flatMap((one) =>
      one.type === "token_pause" && one.tokenId && isInForce(one, ctx.now.getTime()) ? [one.tokenId] : [],
    );
    const [row] = await ctx.db
      .select({ active: count() })
      .from(token)
      .where(
        and(
          eq(token.accountId, accountId),
          isNull(token.revokedAt),
          isNull(token.pausedAt),
          notInArray(token.id, paused),
          or(isNull(token.expiresAt), gt(token.expiresAt, ctx.now)),
        ),
      );
    return row?.active ?? 0;
  },
});

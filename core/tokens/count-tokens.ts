import { and, count, eq, gt, isNull, or } from "drizzle-orm";
import { z } from "zod";
import { token } from "#db/schema/tokens.ts";
import { query } from "../define.ts";
import { accountOf } from "../scope.ts";

/** How many tokens of an account work now: neither revoked, expired nor paused by a member. */
export const countTokens = query({
  permission: "tokens:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const [row] = await ctx.db
      .select({ active: count() })
      .from(token)
      .where(
        and(
          eq(token.accountId, accountOf(ctx, input.accountId)),
          isNull(token.revokedAt),
          isNull(token.pausedAt),
          or(isNull(token.expiresAt), gt(token.expiresAt, ctx.now)),
        ),
      );
    return row?.active ?? 0;
  },
});

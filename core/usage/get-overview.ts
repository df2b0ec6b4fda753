import { z } from "zod";
import { query } from "../define.ts";
import { usageRanges } from "../rules/usage-range.ts";
import { accountOf } from "../scope.ts";
import { readTokens } from "../tokens/list-tokens.ts";
import { readTokenShares } from "./get-token-shares.ts";
import { readTopRefusal } from "./get-top-refusal.ts";
import { getUsageSeries } from "./get-usage-series.ts";
import { readNow } from "./read-now.ts";
import { tokenDays } from "./token-days.ts";

/**
 * All of an account's first screen: what is now, requests over `range`, its tokens and how they share the quota, and what refused
 * most in the last hour. What several of these need is read once.
 */
export const getOverview = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional(), range: z.enum(usageRanges).default("1h") }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const [{ limits, ...now }, series, days] = await Promise.all([
      readNow(ctx, accountId),
      getUsageSeries(ctx, { accountId, range: input.range }),
      tokenDays(ctx, accountId),
    ]);
    const [tokens, shares, top] = await Promise.all([
      readTokens(ctx, accountId, days),
      readTokenShares(ctx, accountId, days),
      now.lastHour.refused === 0 ? null : readTopRefusal(ctx, accountId, limits),
    ]);
    return { ...now, series, tokens, shares, top };
  },
});

import { z } from "zod";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { usageRanges } from "../rules/usage/usage-range.ts";
import { readTokens } from "../tokens/list-tokens.ts";
import { readTokenShares } from "../usage/get-token-shares.ts";
import { readTopRefusal } from "../usage/get-top-refusal.ts";
import { getUsageSeries } from "../usage/get-usage-series.ts";
import { readDiagnosis } from "../usage/read-diagnosis.ts";
import { readNow } from "../usage/read-now.ts";
import { tokenDays } from "../usage/token-days.ts";

/**
 * All of an account's first screen: what is now, requests over `range`, its tokens and how they share the quota, and where
 * something was refused in the last hour, what refused most and what the clients do wrong. What several of these need is read once.
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
    const isRefused = now.lastHour.refused > 0;
    const [tokens, shares, top, findings] = await Promise.all([
      readTokens(ctx, accountId, days),
      readTokenShares(ctx, accountId, days),
      isRefused ? readTopRefusal(ctx, accountId, limits) : null,
      isRefused ? readDiagnosis(ctx, accountId, limits) : [],
    ]);
    return { ...now, series, tokens, shares, top, findings };
  },
});

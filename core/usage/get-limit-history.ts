import { eq } from "drizzle-orm";
import { z } from "zod";
import { endpoint } from "#db/schema/provider.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { accountOf } from "../frame/scope.ts";
import { effectiveQuota, effectiveRateLimit } from "../rules/limits/effective-limits.ts";
import { limitTimeline } from "../rules/limits/limit-timeline.ts";
import { throttleFactorAt } from "../rules/standing/standing.ts";
import { rangeAt, usageRanges } from "../rules/usage/usage-range.ts";
import { readLimitFacts, readOverrides, readThrottles } from "./limit-facts.ts";

/**
 * What the account's quota was over a range, and with `endpointId` that endpoint's rate limit, by the rules the gate uses: plan,
 * overrides and throttles as they held at the time.
 */
export const getLimitHistory = query({
  permission: "usage:read",
  input: z.strictObject({
    accountId: z.uuid().optional(),
    range: z.enum(usageRanges).default("90d"),
    endpointId: numberOrText(z.number().int().min(1)).optional(),
  }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const { fromMs } = rangeAt(input.range, ctx.now.getTime());
    const untilMs = ctx.now.getTime() + 1;
    const [facts, overrides, throttles, windowSeconds] = await Promise.all([
      readLimitFacts(ctx, accountId, input.endpointId ?? "none"),
      readOverrides(ctx, accountId),
      input.endpointId === undefined ? [] : readThrottles(ctx, accountId),
      input.endpointId === undefined ? null : windowOf(ctx, input.endpointId),
    ]);
    const changes = [
      ...facts.changesMs,
      ...[...overrides, ...throttles].flatMap((one) => [
        "startsAtMs" in one ? one.startsAtMs : one.effectiveAtMs,
        ...(one.endsAtMs === null ? [] : [one.endsAtMs]),
      ]),
    ];
    const quotaAt = (atMs: number) => effectiveQuota(facts.planQuotaAt(atMs), overrides, atMs);
    const rateAt = (endpointId: number) => (atMs: number) => {
      const { endpointDefault, planLimit } = facts.ratePartsAt(endpointId, atMs);
      const throttleFactor = throttleFactorAt(throttles, "", endpointId, atMs);
      return effectiveRateLimit({ endpointId, endpointDefault, planLimit, overrides, throttleFactor }, atMs);
    };
    return {
      quota: limitTimeline(changes, quotaAt, fromMs, untilMs),
      rate: input.endpointId === undefined ? null : limitTimeline(changes, rateAt(input.endpointId), fromMs, untilMs),
      windowSeconds,
    };
  },
});

async function windowOf(ctx: Ctx, endpointId: number): Promise<number | null> {
  const [found] = await ctx.db
    .select({ windowSeconds: endpoint.windowSeconds })
    .from(endpoint)
    .where(eq(endpoint.id, endpointId));
  return found?.windowSeconds ?? null;
}

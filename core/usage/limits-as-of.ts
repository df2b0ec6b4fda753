import { asc } from "drizzle-orm";
import { endpoint } from "#db/schema/provider.ts";
import type { Ctx } from "../frame/context.ts";
import { effectiveQuota, effectiveRateLimit, rateLimitSource } from "../rules/limits/effective-limits.ts";
import { throttleFactorAt } from "../rules/standing/standing.ts";
import { readLimitFacts, readOverrides, readThrottles } from "./limit-facts.ts";

/** The plan, the quota per UTC day and every endpoint's rate limit that held for an account at `ctx.now`, by the rules the gate uses. */
export async function limitsAsOf(ctx: Ctx, accountId: string) {
  const atMs = ctx.now.getTime();
  const [facts, overrides, throttles, endpoints] = await Promise.all([
    readLimitFacts(ctx, accountId, "all"),
    readOverrides(ctx, accountId),
    readThrottles(ctx, accountId),
    ctx.db
      .select({ id: endpoint.id, name: endpoint.name, windowSeconds: endpoint.windowSeconds })
      .from(endpoint)
      .orderBy(asc(endpoint.id)),
  ]);
  const rates = endpoints.map(({ id, name, windowSeconds: windowNow }) => {
    const { windowSeconds, ...ofEndpoint } = facts.ratePartsAt(id, atMs);
    const parts = { endpointId: id, ...ofEndpoint, overrides };
    const throttleFactor = throttleFactorAt(throttles, "", id, atMs);
    return {
      endpointId: id,
      endpointName: name,
      limit: effectiveRateLimit({ ...parts, throttleFactor }, atMs),
      windowSeconds: windowSeconds ?? windowNow,
      windowNow,
      source: rateLimitSource(parts, atMs),
      throttleFactor,
    };
  });
  return {
    planId: facts.planAt(atMs),
    quotaPerDay: effectiveQuota(facts.planQuotaAt(atMs), overrides, atMs),
    rates,
  };
}

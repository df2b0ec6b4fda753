import { asc, eq } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import { endpoint, override, plan, planLimit } from "#db/schema/provider.ts";
import type { Ctx } from "../context.ts";
import { actionsInForce } from "../enforcement/standing-of.ts";
import { notFound } from "../errors.ts";
import { effectiveQuota, effectiveRateLimit } from "../rules/limits.ts";
import { throttleFactorAt } from "../rules/standing.ts";

/** No token has this id: asks for throttles that reach every token. */
const anyToken = "";

/**
 * The limits that hold for an account now, by the same rules the gate uses; with `tokenId`, for that token. Rate limits are per
 * the endpoint's window.
 */
export async function limitsInForce(ctx: Ctx, accountId: string, tokenId = anyToken) {
  const nowMs = ctx.now.getTime();
  // Asked at once: a page waits for the slowest and not for the sum.
  const [[holder], overrideRows, planLimits, actions, endpoints] = await Promise.all([
    ctx.db
      .select({ planName: plan.name, quotaPerDay: plan.quotaPerDay })
      .from(account)
      .innerJoin(plan, eq(plan.id, account.planId))
      .where(eq(account.id, accountId)),
    ctx.db
      .select({
        kind: override.kind,
        endpointId: override.endpointId,
        value: override.value,
        startsAt: override.startsAt,
        endsAt: override.endsAt,
      })
      .from(override)
      .where(eq(override.accountId, accountId)),
    ctx.db
      .select({ endpointId: planLimit.endpointId, rateLimit: planLimit.rateLimit })
      .from(planLimit)
      .innerJoin(account, eq(account.planId, planLimit.planId))
      .where(eq(account.id, accountId)),
    actionsInForce(ctx, [accountId]),
    ctx.db
      .select({
        id: endpoint.id,
        name: endpoint.name,
        surface: endpoint.surface,
        method: endpoint.method,
        path: endpoint.path,
        rateLimit: endpoint.rateLimit,
        windowSeconds: endpoint.windowSeconds,
      })
      .from(endpoint)
      .orderBy(asc(endpoint.id)),
  ]);
  if (!holder) throw notFound("account");
  const overrides = overrideRows.map(({ startsAt, endsAt, ...row }) => ({
    ...row,
    startsAtMs: startsAt.getTime(),
    endsAtMs: endsAt?.getTime() ?? null,
  }));
  return {
    plan: holder.planName,
    quotaPerDay: effectiveQuota(holder.quotaPerDay, overrides, nowMs),
    endpoints: endpoints.map(({ rateLimit, ...row }) => ({
      ...row,
      limit: effectiveRateLimit(
        {
          endpointId: row.id,
          endpointDefault: rateLimit,
          planLimit: planLimits.find((one) => one.endpointId === row.id)?.rateLimit,
          overrides,
          throttleFactor: throttleFactorAt(actions, tokenId, row.id, nowMs),
        },
        nowMs,
      ),
    })),
  };
}

import { and, asc, eq } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import { endpoint, plan, planLimit } from "#db/schema/provider.ts";
import type { Ctx } from "../frame/context.ts";
import { notFound } from "../frame/errors.ts";
import { actionsInForce } from "../frame/standing-of.ts";
import { effectiveQuota, effectiveRateLimit } from "../rules/limits/effective-limits.ts";
import { isStoppedAt, standingAt, throttleFactorAt } from "../rules/standing/standing.ts";
import { readOverrides } from "./limit-facts.ts";

export type LimitsInForce = Awaited<ReturnType<typeof limitsInForce>>;

/** No token has this id: asks for throttles that reach every token. */
const anyToken = "";

/** What is agreed with an account: plan, exceptions, actions and endpoints, as the limits follow from it. */
export async function readTerms(ctx: Ctx, accountId: string) {
  // Asked at once: a page waits for the slowest and not for the sum.
  const [[holder], overrides, actions, endpoints] = await Promise.all([
    ctx.db
      .select({
        planName: plan.name,
        quotaPerDay: plan.quotaPerDay,
        closedAt: account.closedAt,
        version: account.standingVersion,
      })
      .from(account)
      .innerJoin(plan, eq(plan.id, account.planId))
      .where(eq(account.id, accountId)),
    readOverrides(ctx, accountId),
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
        planLimit: planLimit.rateLimit,
      })
      .from(endpoint)
      .leftJoin(account, eq(account.id, accountId))
      .leftJoin(planLimit, and(eq(planLimit.endpointId, endpoint.id), eq(planLimit.planId, account.planId)))
      .orderBy(asc(endpoint.id)),
  ]);
  if (!holder) throw notFound("account");
  const ofEndpoints = endpoints.flatMap(({ id, planLimit: limit }) => (limit === null ? [] : [[id, limit] as const]));
  return {
    plan: { name: holder.planName, quotaPerDay: holder.quotaPerDay, limits: new Map(ofEndpoints) },
    overrides,
    actions,
    isClosed: holder.closedAt !== null,
    standingVersion: holder.version,
    endpoints,
  };
}

/**
 * The limits that hold for an account now, by the same rules the gate uses; with `tokenId`, for that token. Rate limits are per
 * the endpoint's window. With them the standing, which is read from the same rows, and its version.
 */
export async function limitsInForce(ctx: Ctx, accountId: string, tokenId = anyToken) {
  const nowMs = ctx.now.getTime();
  const { plan: held, overrides, actions, isClosed, standingVersion, endpoints } = await readTerms(ctx, accountId);
  return {
    plan: held.name,
    quotaPerDay: effectiveQuota(held.quotaPerDay, overrides, nowMs),
    standing: standingAt(actions, nowMs),
    isStopped: isClosed || isStoppedAt(actions, nowMs),
    standingVersion,
    endpoints: endpoints.map(({ rateLimit, planLimit: ofPlan, ...row }) => ({
      ...row,
      limit: effectiveRateLimit(
        {
          endpointId: row.id,
          endpointDefault: rateLimit,
          planLimit: ofPlan ?? undefined,
          overrides,
          throttleFactor: throttleFactorAt(actions, tokenId, row.id, nowMs),
        },
        nowMs,
      ),
    })),
  };
}

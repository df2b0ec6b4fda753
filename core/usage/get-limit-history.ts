import { and, eq, inArray, isNull, or } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import { limitFact } from "#db/schema/limit-history.ts";
import { endpoint, override } from "#db/schema/provider.ts";
import type { Ctx } from "../context.ts";
import { query } from "../define.ts";
import { type DatedValue, limitTimeline, valueAt } from "../rules/limit-timeline.ts";
import { effectiveQuota, effectiveRateLimit } from "../rules/limits.ts";
import { type ActionInForce, throttleFactorAt } from "../rules/standing.ts";
import { rangeAt, usageRanges } from "../rules/usage-range.ts";
import { accountOf } from "../scope.ts";

/**
 * What the account's quota was over a range, and with `endpointId` that endpoint's rate limit, by the rules the gate uses: plan,
 * overrides and throttles as they held at the time.
 */
export const getLimitHistory = query({
  permission: "usage:read",
  input: z.strictObject({
    accountId: z.uuid().optional(),
    range: z.enum(usageRanges).default("90d"),
    endpointId: z.coerce.number().int().min(1).optional(),
  }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const { fromMs } = rangeAt(input.range, ctx.now.getTime());
    const untilMs = ctx.now.getTime() + 1;
    const [facts, overrides, throttles, windowSeconds] = await Promise.all([
      readFacts(ctx, accountId, input.endpointId),
      readOverrides(ctx, accountId),
      input.endpointId === undefined ? [] : readThrottles(ctx, accountId),
      input.endpointId === undefined ? null : windowOf(ctx, input.endpointId),
    ]);
    const planAt = (atMs: number) => valueAt(facts.plans, atMs) ?? null;
    const changes = [
      ...facts.changes,
      ...[...overrides, ...throttles].flatMap((one) => [
        "startsAtMs" in one ? one.startsAtMs : one.effectiveAtMs,
        ...(one.endsAtMs === null ? [] : [one.endsAtMs]),
      ]),
    ];
    const quotaAt = (atMs: number) => {
      const plan = planAt(atMs);
      const own = plan === null ? null : (valueAt(facts.quotas.get(plan) ?? [], atMs) ?? null);
      return effectiveQuota(own, overrides, atMs);
    };
    const rateAt = (endpointId: number) => (atMs: number) => {
      const plan = planAt(atMs);
      const planLimit = plan === null ? undefined : (valueAt(facts.planRates.get(plan) ?? [], atMs) ?? undefined);
      const endpointDefault = valueAt(facts.endpointRates, atMs) ?? null;
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

async function readFacts(ctx: Ctx, accountId: string, endpointId: number | undefined) {
  const of = {
    kind: limitFact.kind,
    planId: limitFact.planId,
    value: limitFact.value,
    fromAt: limitFact.fromAt,
  };
  const ofAccount = await ctx.db
    .select(of)
    .from(limitFact)
    .where(and(eq(limitFact.kind, "account_plan"), eq(limitFact.accountId, accountId)))
    .orderBy(limitFact.id);
  const planIds = [...new Set(ofAccount.flatMap((row) => (row.planId === null ? [] : [row.planId])))];
  const others = await ctx.db
    .select(of)
    .from(limitFact)
    .where(
      or(
        and(eq(limitFact.kind, "plan_quota"), inArray(limitFact.planId, planIds)),
        ...(endpointId === undefined
          ? []
          : [
              and(eq(limitFact.kind, "endpoint_rate"), eq(limitFact.endpointId, endpointId)),
              and(
                eq(limitFact.kind, "plan_rate"),
                inArray(limitFact.planId, planIds),
                eq(limitFact.endpointId, endpointId),
              ),
            ]),
      ),
    )
    .orderBy(limitFact.id);
  const dated = (row: (typeof others)[number]): DatedValue => ({ value: row.value, fromMs: row.fromAt.getTime() });
  const byPlan = (kind: string) =>
    new Map(planIds.map((id) => [id, others.filter((row) => row.kind === kind && row.planId === id).map(dated)]));
  return {
    plans: ofAccount.map((row): DatedValue => ({ value: row.planId, fromMs: row.fromAt.getTime() })),
    quotas: byPlan("plan_quota"),
    planRates: byPlan("plan_rate"),
    endpointRates: others.filter((row) => row.kind === "endpoint_rate").map(dated),
    changes: [...ofAccount, ...others].map((row) => row.fromAt.getTime()),
  };
}

async function readOverrides(ctx: Ctx, accountId: string) {
  const rows = await ctx.db
    .select({
      kind: override.kind,
      endpointId: override.endpointId,
      value: override.value,
      startsAt: override.startsAt,
      endsAt: override.endsAt,
    })
    .from(override)
    .where(eq(override.accountId, accountId));
  return rows.map(({ startsAt, endsAt, ...row }) => ({
    ...row,
    startsAtMs: startsAt.getTime(),
    endsAtMs: endsAt?.getTime() ?? null,
  }));
}

/** Throttles of the whole account or of endpoints, those that are over too, with the end they really had. */
async function readThrottles(ctx: Ctx, accountId: string): Promise<ActionInForce[]> {
  const rows = await ctx.db
    .select({
      id: action.id,
      type: action.type,
      surface: action.surface,
      tokenId: action.tokenId,
      endpointId: action.endpointId,
      factor: action.factor,
      effectiveAt: action.effectiveAt,
      endsAt: action.endsAt,
      endedAt: action.endedAt,
      isSilent: action.isSilent,
    })
    .from(action)
    .where(
      and(
        eq(action.accountId, accountId),
        eq(action.type, "throttle"),
        isNull(action.tokenId),
        inArray(action.state, ["scheduled", "applying", "active", "expired", "lifted", "superseded", "overturned"]),
      ),
    );
  return rows.map(({ effectiveAt, endsAt, endedAt, ...row }) => ({
    ...row,
    effectiveAtMs: effectiveAt.getTime(),
    endsAtMs: (endedAt ?? endsAt)?.getTime() ?? null,
  }));
}

async function windowOf(ctx: Ctx, endpointId: number): Promise<number | null> {
  const [found] = await ctx.db
    .select({ windowSeconds: endpoint.windowSeconds })
    .from(endpoint)
    .where(eq(endpoint.id, endpointId));
  return found?.windowSeconds ?? null;
}

import { and, eq, inArray, isNull, or } from "drizzle-orm";
import { action } from "#db/schema/enforcement.ts";
import { limitFact } from "#db/schema/limit-history.ts";
import { override } from "#db/schema/provider.ts";
import type { Ctx } from "../frame/context.ts";
import { groupBy } from "../rules/group-by.ts";
import type { OverrideInForce } from "../rules/limits/effective-limits.ts";
import { type DatedValue, valueAt } from "../rules/limits/limit-timeline.ts";
import type { ActionInForce } from "../rules/standing/standing.ts";

/** What one endpoint's rate limit is made of at an instant, as `effectiveRateLimit` takes it, with its window. */
type RateParts = { endpointDefault: number | null; planLimit: number | undefined; windowSeconds: number | null };

export type LimitFacts = {
  /** Null = not recorded. */
  planAt: (atMs: number) => number | null;
  planQuotaAt: (atMs: number) => number | null;
  ratePartsAt: (endpointId: number, atMs: number) => RateParts;
  /** When any of it changed. */
  changesMs: number[];
};

/** What was recorded of the limits of an account's plans, and of all endpoints, of one, or of none. */
export async function readLimitFacts(
  ctx: Ctx,
  accountId: string,
  endpoints: number | "all" | "none",
): Promise<LimitFacts> {
  const columns = {
    kind: limitFact.kind,
    planId: limitFact.planId,
    endpointId: limitFact.endpointId,
    value: limitFact.value,
    fromAt: limitFact.fromAt,
  };
  const ofAccount = await ctx.db
    .select(columns)
    .from(limitFact)
    .where(and(eq(limitFact.kind, "account_plan"), eq(limitFact.accountId, accountId)))
    .orderBy(limitFact.id);
  const planIds = [...new Set(ofAccount.flatMap((row) => (row.planId === null ? [] : [row.planId])))];
  const ofEndpoint = typeof endpoints === "number" ? eq(limitFact.endpointId, endpoints) : undefined;
  const ofEndpoints =
    endpoints === "none"
      ? []
      : [
          and(inArray(limitFact.kind, ["endpoint_rate", "endpoint_window"]), ofEndpoint),
          and(eq(limitFact.kind, "plan_rate"), inArray(limitFact.planId, planIds), ofEndpoint),
        ];
  const others = await ctx.db
    .select(columns)
    .from(limitFact)
    .where(or(and(eq(limitFact.kind, "plan_quota"), inArray(limitFact.planId, planIds)), ...ofEndpoints))
    .orderBy(limitFact.id);
  const plans = ofAccount.map((row): DatedValue => ({ value: row.planId, fromMs: row.fromAt.getTime() }));
  const byKey = groupBy(
    others.map((row) => ({
      key: keyOf(row.kind, row.planId, row.endpointId),
      value: row.value,
      fromMs: row.fromAt.getTime(),
    })),
    (fact) => fact.key,
  );
  const at = (key: string, atMs: number) => valueAt(byKey.get(key) ?? [], atMs);
  const planAt = (atMs: number) => valueAt(plans, atMs) ?? null;
  return {
    planAt,
    planQuotaAt: (atMs) => at(keyOf("plan_quota", planAt(atMs), null), atMs) ?? null,
    ratePartsAt: (endpointId, atMs) => ({
      endpointDefault: at(keyOf("endpoint_rate", null, endpointId), atMs) ?? null,
      planLimit: at(keyOf("plan_rate", planAt(atMs), endpointId), atMs) ?? undefined,
      windowSeconds: at(keyOf("endpoint_window", null, endpointId), atMs) ?? null,
    }),
    changesMs: [...ofAccount, ...others].map((row) => row.fromAt.getTime()),
  };
}

function keyOf(kind: string, planId: number | null, endpointId: number | null): string {
  return `${kind} ${planId ?? ""} ${endpointId ?? ""}`;
}

/** The account's exceptions, those that are over or to come too. */
export async function readOverrides(ctx: Ctx, accountId: string): Promise<OverrideInForce[]> {
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
export async function readThrottles(ctx: Ctx, accountId: string): Promise<ActionInForce[]> {
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

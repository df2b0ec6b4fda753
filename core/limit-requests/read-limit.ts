import { eq } from "drizzle-orm";
import { endpoint } from "#db/schema/provider.ts";
import type { Ctx } from "../frame/context.ts";
import { notFound } from "../frame/errors.ts";
import { effectiveQuota, effectiveRateLimit } from "../rules/limits/effective-limits.ts";
import type { OverrideKind } from "../rules/vocabulary.ts";
import { readTerms } from "../usage/limits-in-force.ts";

/** One limit of an account: its daily quota, or its rate limit on an endpoint. */
export type WhichLimit = { kind: OverrideKind; endpointId: number | null };

/** What a limit is at an instant, epoch milliseconds, without any throttle, which is no part of what is agreed. Null = there is none. */
export async function limitAt(ctx: Ctx, accountId: string, { kind, endpointId }: WhichLimit, atMs: number) {
  const { plan, overrides, endpoints } = await readTerms(ctx, accountId);
  if (kind === "quota") return effectiveQuota(plan.quotaPerDay, overrides, atMs);
  const found = endpoints.find(({ id }) => id === endpointId);
  if (!found) throw notFound("endpoint");
  return effectiveRateLimit(
    {
      ...{ endpointId: found.id, endpointDefault: found.rateLimit, planLimit: found.planLimit ?? undefined },
      ...{ overrides, throttleFactor: 1 },
    },
    atMs,
  );
}

/** How sentences name it; null and null for the quota. */
export async function placeOf(ctx: Ctx, { endpointId }: Pick<WhichLimit, "endpointId">) {
  if (endpointId === null) return { endpointName: null, windowSeconds: null };
  const [found] = await ctx.db
    .select({ endpointName: endpoint.name, windowSeconds: endpoint.windowSeconds })
    .from(endpoint)
    .where(eq(endpoint.id, endpointId));
  if (!found) throw notFound("endpoint");
  return found;
}

import { and, desc, eq, gte, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { token } from "#db/schema/tokens.ts";
import { refusal, usageMinute } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { hourMs } from "../rules/time.ts";
import { decisionCodes } from "../rules/vocabulary.ts";
import { type LimitsInForce, limitsInForce } from "./limits-in-force.ts";
import { limiterSchema } from "./list-refusals.ts";

/**
 * What refused most in the last hour: one code for one token on one endpoint, with the endpoint's limit as it is now.
 * Null when nothing was refused. `endpoint` is null when the path matched none; `limiter` is the limit that refused last, null when
 * it was none.
 */
export const getTopRefusal = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) => readTopRefusal(ctx, accountOf(ctx, input.accountId)),
});

/** The same for whoever has checked whose account it is. `known`: its limits, when they have been asked for already. */
export async function readTopRefusal(ctx: Ctx, accountId: string, known?: LimitsInForce) {
  const refused = sql<number>`sum(${usageMinute.requests})::float8`;
  const [top] = await ctx.db
    .select({
      code: usageMinute.outcome,
      tokenId: usageMinute.tokenId,
      tokenName: token.name,
      endpointId: usageMinute.endpointId,
      refused,
      sinceAt: sql<Date>`min(${usageMinute.at})`.mapWith(usageMinute.at),
    })
    .from(usageMinute)
    .leftJoin(token, and(eq(token.id, usageMinute.tokenId), eq(token.accountId, usageMinute.accountId)))
    .where(
      and(
        eq(usageMinute.accountId, accountId),
        gte(usageMinute.at, new Date(ctx.now.getTime() - hourMs)),
        ne(usageMinute.outcome, "allowed"),
      ),
    )
    .groupBy(usageMinute.outcome, usageMinute.tokenId, token.name, usageMinute.endpointId)
    .orderBy(desc(refused))
    .limit(1);
  if (!top) return null;
  const [{ endpoints }, limiter] = await Promise.all([known ?? limitsInForce(ctx, accountId), lastLimiter(ctx, top)]);
  const { endpointId, code, ...facts } = top;
  return {
    ...facts,
    code: z.enum(decisionCodes).parse(code),
    endpoint: endpoints.find((one) => one.id === endpointId) ?? null,
    limiter,
  };
}

async function lastLimiter(ctx: Ctx, top: { tokenId: string; endpointId: number; code: string; sinceAt: Date }) {
  const [last] = await ctx.db
    .select({ limiter: refusal.limiter })
    .from(refusal)
    .where(
      and(
        eq(refusal.tokenId, top.tokenId),
        gte(refusal.at, top.sinceAt),
        eq(refusal.code, top.code),
        eq(refusal.endpointId, top.endpointId),
      ),
    )
    .orderBy(desc(refusal.at))
    .limit(1);
  return limiterSchema
    .nullable()
    .catch(null)
    .parse(last?.limiter ?? null);
}

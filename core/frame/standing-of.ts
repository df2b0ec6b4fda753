import { and, inArray } from "drizzle-orm";
import { action } from "#db/schema/enforcement.ts";
import { groupBy } from "../rules/group-by.ts";
import { type ActionInForce, standingAt } from "../rules/standing/standing.ts";
import type { Standing } from "../rules/vocabulary.ts";
import type { Ctx } from "./context.ts";
import { scoped } from "./scope.ts";

/** Committed actions of an account that may be in force; whether one is at a time, rules/standing tells. */
export async function actionsInForce(
  ctx: Ctx,
  accountIds: string[],
): Promise<(ActionInForce & { accountId: string })[]> {
  if (accountIds.length === 0) return [];
  const rows = await ctx.db
    .select({
      id: action.id,
      accountId: action.accountId,
      type: action.type,
      surface: action.surface,
      tokenId: action.tokenId,
      endpointId: action.endpointId,
      factor: action.factor,
      effectiveAt: action.effectiveAt,
      endsAt: action.endsAt,
      isSilent: action.isSilent,
    })
    .from(action)
    .where(
      and(
        inArray(action.accountId, accountIds),
        inArray(action.state, ["scheduled", "applying", "active"]),
        scoped(ctx, action.accountId),
      ),
    );
  return rows.map(({ effectiveAt, endsAt, ...row }) => ({
    ...row,
    effectiveAtMs: effectiveAt.getTime(),
    endsAtMs: endsAt?.getTime() ?? null,
  }));
}

/** The account's standing now, computed from its actions. */
export async function standingOf(ctx: Ctx, accountId: string): Promise<Standing> {
  return standingAt(await actionsInForce(ctx, [accountId]), ctx.now.getTime());
}

/** Standing of many accounts at once; those without actions are missing from the map and good. */
export async function standingsOf(ctx: Ctx, accountIds: string[]): Promise<Map<string, Standing>> {
  const actions = await actionsInForce(ctx, accountIds);
  const nowMs = ctx.now.getTime();
  const byAccount = groupBy(actions, (row) => row.accountId);
  return new Map([...byAccount].map(([id, own]) => [id, standingAt(own, nowMs)]));
}

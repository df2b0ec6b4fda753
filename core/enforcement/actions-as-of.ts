import { and, asc, eq, isNotNull, lte, sql } from "drizzle-orm";
import { user } from "#db/schema/auth.ts";
import { action } from "#db/schema/enforcement.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import type { Ctx } from "../frame/context.ts";
import { scoped } from "../frame/scope.ts";
import { standingAt } from "../rules/standing/standing.ts";

/** The actions in force at an instant, over or not by now, and the standing they added up to. */
export async function actionsAsOf(ctx: Ctx, accountId: string, at: Date) {
  const rows = await ctx.db
    .select({
      id: action.id,
      type: action.type,
      surface: action.surface,
      tokenId: action.tokenId,
      tokenName: token.name,
      endpointId: action.endpointId,
      endpointName: endpoint.name,
      factor: action.factor,
      reasonCode: action.reasonCode,
      authorName: user.name,
      appliedAt: action.appliedAt,
      endsAt: action.endsAt,
      endedAt: action.endedAt,
      isSilent: action.isSilent,
    })
    .from(action)
    .innerJoin(user, eq(user.id, action.authorUserId))
    .leftJoin(token, eq(token.id, action.tokenId))
    .leftJoin(endpoint, eq(endpoint.id, action.endpointId))
    .where(
      and(
        eq(action.accountId, accountId),
        scoped(ctx, action.accountId),
        isNotNull(action.appliedAt),
        lte(action.appliedAt, at),
        sql`(coalesce(${action.endedAt}, ${action.endsAt}) is null or coalesce(${action.endedAt}, ${action.endsAt}) > ${at})`,
      ),
    )
    .orderBy(asc(action.appliedAt));
  const inForce = rows.map((row) => ({
    ...row,
    effectiveAtMs: row.appliedAt?.getTime() ?? 0,
    endsAtMs: (row.endedAt ?? row.endsAt)?.getTime() ?? null,
  }));
  return { standing: standingAt(inForce, at.getTime()), actions: rows };
}

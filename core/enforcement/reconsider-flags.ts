import { and, eq, exists, gte, inArray, isNotNull, ne, not, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { flag } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import type { Ctx } from "../frame/context.ts";
import { isUndone } from "../frame/undone.ts";
import { detectorsFor } from "../rules/detectors/registry.ts";

/**
 * Flags that an action had confirmed are open questions again when it was undone, or cancelled before it took effect; unless another
 * action for the same reason stands in the case. Where its detector has fired again since, the question is the newer flag's, and the
 * older one is over without a decision.
 */
export async function reconsiderFlags(ctx: Ctx, actionId: string): Promise<void> {
  const [gone] = await ctx.db
    .select({ caseId: action.caseId, reasonCode: action.reasonCode, createdAt: action.createdAt })
    .from(action)
    .where(eq(action.id, actionId));
  if (!gone?.caseId) return;
  const newer = alias(flag, "newer");
  const hasNewer = exists(
    ctx.db
      .select({ id: newer.id })
      .from(newer)
      .where(
        and(
          eq(newer.accountId, flag.accountId),
          eq(newer.detector, flag.detector),
          eq(newer.scope, flag.scope),
          eq(newer.scopeId, flag.scopeId),
          inArray(newer.state, ["open", "recovering", "in_case"]),
        ),
      ),
  );
  const standsOnAnother = ctx.db
    .select({ id: action.id })
    .from(action)
    .where(
      and(
        eq(action.caseId, gone.caseId),
        eq(action.reasonCode, gone.reasonCode),
        ne(action.id, actionId),
        isNotNull(action.appliedAt),
        not(isUndone),
      ),
    );
  await ctx.db
    .update(flag)
    .set({
      state: sql`case when ${hasNewer} then 'expired' else 'in_case' end`,
      decidedAt: null,
      decidedByUserId: null,
    })
    .where(
      and(
        eq(flag.caseId, gone.caseId),
        eq(flag.state, "confirmed"),
        inArray(flag.detector, detectorsFor(gone.reasonCode)),
        gte(flag.decidedAt, gone.createdAt),
        notExists(standsOnAnother),
      ),
    );
}

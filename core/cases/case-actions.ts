import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { abuseCase } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import type { Ctx } from "../frame/context.ts";
import type { CaseAction } from "../rules/cases/outcomes.ts";
import { undoneReason } from "../rules/standing/enforcement.ts";

/** The actions that were taken or proposed in a case, and what waits on its account outside of any case. */
export async function caseActions(ctx: Ctx, caseId: string): Promise<CaseAction[]> {
  return ctx.db
    .select({
      type: action.type,
      state: action.state,
      hasApplied: sql<boolean>`${action.appliedAt} is not null and ${action.endReason} is distinct from ${undoneReason}`,
    })
    .from(action)
    .where(
      or(
        eq(action.caseId, caseId),
        and(
          isNull(action.caseId),
          inArray(action.state, ["pending_approval", "scheduled"]),
          inArray(
            action.accountId,
            ctx.db.select({ id: abuseCase.accountId }).from(abuseCase).where(eq(abuseCase.id, caseId)),
          ),
        ),
      ),
    );
}

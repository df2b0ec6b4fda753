import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { abuseCase } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import type { Ctx } from "../frame/context.ts";
import { isUndone } from "../frame/undone.ts";
import type { CaseAction } from "../rules/cases/outcomes.ts";

/**
 * The actions that were taken or proposed in a case since it was opened or last reopened, what still waits in it, and what waits on its
 * account outside of any case.
 */
export async function caseActions(ctx: Ctx, caseId: string): Promise<CaseAction[]> {
  const isWaiting = inArray(action.state, ["pending_approval", "scheduled"]);
  return ctx.db
    .select({
      type: action.type,
      state: action.state,
      hasApplied: sql<boolean>`${action.appliedAt} is not null and not (${isUndone})`,
    })
    .from(action)
    .where(
      or(
        and(
          eq(action.caseId, caseId),
          or(
            isWaiting,
            sql`${action.createdAt} >= coalesce((select reopened_at from ${abuseCase} where id = ${caseId}), '-infinity')`,
          ),
        ),
        and(
          isNull(action.caseId),
          isWaiting,
          inArray(
            action.accountId,
            ctx.db.select({ id: abuseCase.accountId }).from(abuseCase).where(eq(abuseCase.id, caseId)),
          ),
        ),
      ),
    );
}

import { eq, sql } from "drizzle-orm";
import { action } from "#db/schema/enforcement.ts";
import type { Ctx } from "../frame/context.ts";
import type { CaseAction } from "../rules/cases/outcomes.ts";
import { undoneReason } from "../rules/standing/enforcement.ts";

/** The actions that were taken or proposed in a case. */
export async function caseActions(ctx: Ctx, caseId: string): Promise<CaseAction[]> {
  return ctx.db
    .select({
      type: action.type,
      state: action.state,
      hasApplied: sql<boolean>`${action.appliedAt} is not null and ${action.endReason} is distinct from ${undoneReason}`,
    })
    .from(action)
    .where(eq(action.caseId, caseId));
}

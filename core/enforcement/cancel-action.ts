import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import { appendCaseEvent } from "../abuse/timeline.ts";
import { actorUserId } from "../context.ts";
import { command } from "../define.ts";
import { AppError, notFound } from "../errors.ts";
import { can } from "../permissions.ts";
import { scoped } from "../scope.ts";

/** Withdraws an action that is not in force yet: its author, or a lead or admin who will not approve it. */
export const cancelAction = command({
  permission: "actions:suspend",
  input: z.strictObject({ actionId: z.uuid(), reason: z.string().trim().min(3, "Say why.").max(1_000) }),
  run: async (ctx, { actionId, reason }) => {
    const [found] = await ctx.db
      .select({ authorUserId: action.authorUserId, caseId: action.caseId })
      .from(action)
      .where(and(eq(action.id, actionId), scoped(ctx, action.accountId)));
    if (!found) throw notFound("action");
    if (found.authorUserId !== actorUserId(ctx.actor) && !can(ctx.actor, "actions:approve")) {
      throw new AppError("forbidden", "Its author, a lead or an admin cancels it.");
    }
    const [cancelled] = await ctx.db
      .update(action)
      .set({
        state: "cancelled",
        endedAt: ctx.now,
        endedByUserId: actorUserId(ctx.actor),
        endReason: reason,
        version: sql`${action.version} + 1`,
      })
      .where(and(eq(action.id, actionId), inArray(action.state, ["draft", "pending_approval", "scheduled"])))
      .returning({ accountId: action.accountId });
    if (!cancelled) throw new AppError("conflict", "It is in force or over already; lift it instead.");
    if (found.caseId) await appendCaseEvent(ctx, found.caseId, "action.cancelled", { actionId, reason });
    return cancelled;
  },
  audit: (input, { accountId }) => ({
    action: "action.cancel",
    subjectKind: "action",
    subjectId: input.actionId,
    accountId,
    data: { reason: input.reason },
  }),
});

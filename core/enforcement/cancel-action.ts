import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import { moveCase } from "../cases/change-case.ts";
import { notifyAccount } from "../facts/outbox.ts";
import { sendNotice } from "../facts/send-notice.ts";
import { appendCaseEvent } from "../facts/timeline.ts";
import { withdrawNotices } from "../facts/withdraw-notices.ts";
import { actingRole, isAuthor } from "../frame/acting-role.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { lockAccountsOf } from "./lock-accounts.ts";

/** Withdraws an action that is not in force yet: its author, or a lead or admin who will not approve it. */
export const cancelAction = command({
  permission: "actions:impose",
  input: z.strictObject({ actionId: z.uuid(), reason: z.string().trim().min(3, "Say why.").max(1_000) }),
  run: async (ctx, { actionId, reason }) => {
    await lockAccountsOf(ctx, eq(action.id, actionId));
    const [found] = await ctx.db
      .select({
        authorUserId: action.authorUserId,
        authorKeyId: action.authorKeyId,
        caseId: action.caseId,
        state: action.state,
        isSilent: action.isSilent,
        type: action.type,
      })
      .from(action)
      .where(and(eq(action.id, actionId), scoped(ctx, action.accountId)));
    if (!found) throw notFound("action");
    const role = ctx.actor.kind === "staff" ? actingRole(ctx.actor) : null;
    if (!isAuthor(ctx.actor, found) && role !== "lead" && role !== "admin")
      throw new AppError("forbidden", "Its author, a lead or an admin cancels it.");
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
    // The gates know what is scheduled before it starts, and the owner may.
    if (found.state === "scheduled") {
      await withdrawNotices(ctx, actionId);
      await notifyAccount(ctx, cancelled.accountId);
      if (!found.isSilent)
        await sendNotice(ctx, { accountId: cancelled.accountId, actionId, kind: "action.cancelled" });
    }
    if (found.caseId) {
      await appendCaseEvent(ctx, found.caseId, "action.cancelled", { actionId, type: found.type, reason });
      if (found.state === "pending_approval") await moveCase(ctx, found.caseId, "approval_decided");
    }
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

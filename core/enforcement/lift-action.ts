import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import { emit } from "../facts/outbox.ts";
import { sendNotice } from "../facts/send-notice.ts";
import { appendCaseEvent } from "../facts/timeline.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { endAction } from "./end-action.ts";
import { lockAccountsOf } from "./lock-accounts.ts";
import { liftColumns, refuseLift } from "./refuse-lift.ts";

/**
 * Ends one action before its time, and only that one. The tokens work again as before, from the next request on; detectors
 * forget what came before, so that the old offence is not punished twice. Returns which actions remain in force.
 */
export const liftAction = command({
  permission: "actions:lift",
  input: z.strictObject({
    actionId: z.uuid(),
    reason: z.string().trim().min(3, "Say why it is lifted.").max(1_000),
  }),
  run: async (ctx, { actionId, reason }) => {
    await lockAccountsOf(ctx, eq(action.id, actionId));
    const [found] = await ctx.db
      .select({
        ...liftColumns,
        accountId: action.accountId,
        caseId: action.caseId,
        state: action.state,
        isSilent: action.isSilent,
      })
      .from(action)
      .where(and(eq(action.id, actionId), scoped(ctx, action.accountId)));
    if (!found) throw notFound("action");
    refuseLift(ctx.actor, found, ctx.now);
    if (!(await endAction(ctx, actionId, "lift", reason)))
      throw new AppError("conflict", `This action is ${found.state.replaceAll("_", " ")}; there is nothing to lift.`);
    // An owner who never heard of it is not told that it has ended.
    if (!found.isSilent) await sendNotice(ctx, { accountId: found.accountId, actionId, kind: "action.lifted" });
    if (found.caseId) await appendCaseEvent(ctx, found.caseId, "action.lifted", { actionId, type: found.type, reason });
    await emit(ctx, "action.lifted", found.accountId, { actionId, type: found.type });
    const remaining = await ctx.db
      .select({ id: action.id, type: action.type })
      .from(action)
      .where(and(eq(action.accountId, found.accountId), inArray(action.state, ["applying", "active"])));
    return { accountId: found.accountId, type: found.type, remaining };
  },
  audit: (input, { accountId, type, remaining }) => ({
    action: "action.lift",
    subjectKind: "action",
    subjectId: input.actionId,
    accountId,
    data: { type, reason: input.reason, remaining: remaining.map((one) => one.id) },
  }),
});

import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import { appendCaseEvent } from "../abuse/timeline.ts";
import { command } from "../define.ts";
import { AppError, notFound } from "../errors.ts";
import { sendNotice } from "../notices/send-notice.ts";
import { emit } from "../outbox.ts";
import { mayLift } from "../rules/enforcement.ts";
import { scoped } from "../scope.ts";
import { actingRole, isAuthor } from "./acting-role.ts";
import { endAction } from "./end-action.ts";

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
    const { actor } = ctx;
    if (actor.kind !== "staff") throw new AppError("forbidden", "Only staff lift actions.");
    const [found] = await ctx.db
      .select({
        accountId: action.accountId,
        caseId: action.caseId,
        type: action.type,
        state: action.state,
        isSilent: action.isSilent,
        endsAt: action.endsAt,
        lapsesAt: action.lapsesAt,
        windDownEndsAt: action.windDownEndsAt,
        authorUserId: action.authorUserId,
        authorKeyId: action.authorKeyId,
        appliedAt: action.appliedAt,
      })
      .from(action)
      .where(and(eq(action.id, actionId), scoped(ctx, action.accountId)));
    if (!found) throw notFound("action");
    const refusal = mayLift(
      actingRole(actor),
      {
        isOwn: isAuthor(actor, found),
        appliedAtMs: found.appliedAt?.getTime() ?? 0,
        isPermanent: isPermanent(found),
      },
      ctx.now.getTime(),
    );
    if (refusal) throw new AppError("forbidden", refusal.refused);
    if (found.windDownEndsAt && found.windDownEndsAt <= ctx.now)
      throw new AppError(
        "conflict",
        "Its wind-down is over and the tokens are destroyed: a termination is final then.",
      );
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

/** An emergency is temporary until it is confirmed; a notice restricts nothing that could last. */
function isPermanent(found: { type: string; endsAt: Date | null; lapsesAt: Date | null }): boolean {
  return found.endsAt === null && found.lapsesAt === null && found.type !== "notice";
}

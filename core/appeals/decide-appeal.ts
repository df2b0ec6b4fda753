import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { flag } from "#db/schema/abuse.ts";
import { action, appeal } from "#db/schema/enforcement.ts";
import { endAction } from "../enforcement/end-action.ts";
import { lockAccountsOf } from "../enforcement/lock-accounts.ts";
import { emit } from "../facts/outbox.ts";
import { sendNotice } from "../facts/send-notice.ts";
import { appendCaseEvent } from "../facts/timeline.ts";
import { decidingPerson } from "../frame/acting-role.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import type { AppealEvent } from "../rules/standing/appeal-machine.ts";
import { mayDecideAppeal } from "../rules/standing/enforcement.ts";
import { findAppeal, moveAppeal } from "./move-appeal.ts";

export const appealDecisions = ["granted", "partly_granted", "rejected"] as const;

const events: Record<(typeof appealDecisions)[number], AppealEvent> = {
  granted: "grant",
  partly_granted: "grant_partly",
  rejected: "reject",
};

/**
 * Decides an appeal, by a reviewer or above who had no part in the action. Granted: the action is overturned, counts as no strike,
 * and its flags count as wrong. Partly granted: the action ends now and stays a strike. Rejected: it stands. The owner is told why.
 */
export const decideAppeal = command({
  permission: "appeals:decide",
  input: z.strictObject({
    appealId: z.uuid(),
    version: numberOrText(z.number().int()),
    decision: z.enum(appealDecisions, "Choose a decision."),
    text: z
      .string("Tell the owner why.")
      .trim()
      .min(10, "Tell the owner why, in a sentence or two.")
      .max(4_000, "Use at most 4,000 characters."),
  }),
  run: async (ctx, { appealId, version, decision, text }) => {
    const decider = decidingPerson(ctx.actor, "decide appeals");
    await lockAccountsOf(
      ctx,
      inArray(action.id, ctx.db.select({ id: appeal.actionId }).from(appeal).where(eq(appeal.id, appealId))),
    );
    const found = await findAppeal(ctx, appealId);
    const refusal = mayDecideAppeal(decider, found);
    if (refusal) throw new AppError("forbidden", refusal.refused);
    if (found.version !== version)
      throw new AppError("conflict", "Something was added to this appeal after you opened it. Read it again first.");
    const { accountId, actionId } = found;
    await moveAppeal(ctx, found, events[decision], {
      decidedAt: ctx.now,
      decidedByUserId: decider.userId,
      decisionText: text,
    });
    const isOverturned =
      decision === "granted" && (await endAction(ctx, actionId, "overturn", "The appeal was granted."));
    if (decision === "partly_granted") await endAction(ctx, actionId, "lift", "The appeal was granted in part.");
    if (isOverturned && found.actionCaseId) await markFlagsWrong(ctx, found.actionCaseId);
    await sendNotice(ctx, { accountId, actionId, kind: isOverturned ? "action.overturned" : "appeal.decided", text });
    for (const caseId of new Set([found.caseId, found.actionCaseId])) {
      if (!caseId) continue;
      await appendCaseEvent(ctx, caseId, "appeal.decided", { appealId, decision, text });
      if (isOverturned) await appendCaseEvent(ctx, caseId, "action.overturned", { actionId, type: found.actionType });
    }
    await emit(ctx, "appeal.decided", accountId, { appealId, actionId, decision });
    return { accountId, actionId };
  },
  audit: (input, { accountId, actionId }) => ({
    action: "appeal.decide",
    subjectKind: "appeal",
    subjectId: input.appealId,
    accountId,
    data: { decision: input.decision, actionId },
  }),
});

/** What the overturned action rested on was wrong: it lowers the precision of the detectors that said so. */
async function markFlagsWrong(ctx: Ctx, caseId: string): Promise<void> {
  const wrong = await ctx.db
    .update(flag)
    .set({ state: "dismissed", dismissReason: "not_abuse", decidedAt: ctx.now })
    .where(and(eq(flag.caseId, caseId), sql`${flag.state} = 'confirmed'`))
    .returning({ id: flag.id, detector: flag.detector });
  for (const { id, detector } of wrong)
    await appendCaseEvent(ctx, caseId, "flag.dismissed", { flagId: id, detector, reason: "the appeal was granted" });
}

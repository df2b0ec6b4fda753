import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { flag } from "#db/schema/abuse.ts";
import { action, appeal } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { transition } from "../enforcement/transition.ts";
import { fact } from "../facts/fact.ts";
import { decidingPerson } from "../frame/acting-role.ts";
import { appendCaseEvent } from "../frame/append-case-event.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { lockAccountsOf } from "../frame/lock-accounts.ts";
import { record } from "../frame/record.ts";
import { sendNotice } from "../frame/send-notice.ts";
import { detectorsFor } from "../rules/detectors/registry.ts";
import type { AppealEvent } from "../rules/standing/appeal-machine.ts";
import { mayDecideAppeal } from "../rules/standing/enforcement.ts";
import type { ReasonCode } from "../rules/vocabulary.ts";
import { findAppeal, moveAppeal, refuseOneHand } from "./move-appeal.ts";

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
    decision: z.enum(appealDecisions, deskWords.errors.chooseDecision),
    text: z.string(deskWords.errors.tellOwnerWhy).trim().min(10, deskWords.errors.tellOwnerWhyLonger).max(4_000),
  }),
  run: async (ctx, { appealId, version, decision, text }) => {
    const decider = decidingPerson(ctx.actor, "decideAppeals");
    await lockAccountsOf(
      ctx,
      inArray(action.id, ctx.db.select({ id: appeal.actionId }).from(appeal).where(eq(appeal.id, appealId))),
    );
    const found = await findAppeal(ctx, appealId);
    const refusal = mayDecideAppeal(decider, found);
    if (refusal) throw new AppError("forbidden", deskWords.objection(refusal.refused));
    await refuseOneHand(ctx, decider.userId, found);
    if (found.version !== version) throw new AppError("conflict", deskWords.errors.appealGrew);
    const { accountId, actionId } = found;
    await moveAppeal(ctx, found, events[decision], {
      decidedAt: ctx.now,
      decidedByUserId: decider.userId,
      decisionText: text,
    });
    const overturned =
      decision === "granted" &&
      (await transition(ctx, actionId, "overturn", {
        reason: words.records.appealGranted,
        notice: { kind: "action.overturned", text },
      }));
    const notice = { kind: "appeal.decided", text } as const;
    const lifted =
      decision === "partly_granted" &&
      (await transition(ctx, actionId, "lift", { reason: words.records.appealGrantedInPart, notice }));
    if (overturned && found.actionCaseId) await markFlagsWrong(ctx, accountId, found.actionCaseId, found.reasonCode);
    if (!overturned && !lifted) await sendNotice(ctx, { accountId, actionId, ...notice });
    // The appeal may have come after the case of its action was closed, and stand in another.
    if (found.actionCaseId && found.actionCaseId !== found.caseId)
      await appendCaseEvent(ctx, found.actionCaseId, "appeal.decided", { appealId, actionId, decision, text });
    return { accountId, actionId, caseId: found.caseId };
  },
  happened: ({ appealId, decision, text }, { accountId, actionId, caseId }) =>
    fact("appeal.decided", { subjectId: appealId, accountId, caseId }, { actionId, decision, text }),
});

/** What the overturned action rested on was wrong, the flags of its reason: it lowers the precision of the detectors that said so. */
async function markFlagsWrong(ctx: Ctx, accountId: string, caseId: string, reasonCode: ReasonCode): Promise<void> {
  const wrong = await ctx.db
    .update(flag)
    .set({ state: "dismissed", dismissReason: "not_abuse", decidedAt: ctx.now })
    .where(and(eq(flag.caseId, caseId), eq(flag.state, "confirmed"), inArray(flag.detector, detectorsFor(reasonCode))))
    .returning({ id: flag.id, detector: flag.detector });
  for (const { id, detector } of wrong)
    await record(
      ctx,
      fact("flag.dismissed", { subjectId: id, accountId, caseId }, { detector, reason: "the appeal was granted" }),
    );
}

import { z } from "zod";
import { appealMessage } from "#db/schema/enforcement.ts";
import * as words from "#words/words.ts";
import { moveCase } from "../cases/change-case.ts";
import { fact } from "../facts/fact.ts";
import { actorKind, actorName, actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { sendNotice } from "../frame/send-notice.ts";
import { openAppealStates } from "../rules/standing/appeal-machine.ts";
import { findAppeal, moveAppeal } from "./move-appeal.ts";

/**
 * Writes in an appeal's dialogue, from either side. A question of staff makes it wait for the owner and mails them; the owner's
 * answer brings it back.
 */
export const writeAppealMessage = command({
  permission: "appeals:message",
  input: z.strictObject({
    appealId: z.uuid(),
    text: z.string(words.errors.writeSomething).trim().min(1, words.errors.writeSomething).max(4_000),
  }),
  run: async (ctx, { appealId, text }) => {
    // Reads by the actor's scope: a member reaches their own account's appeals alone.
    const found = await findAppeal(ctx, appealId);
    if (!(openAppealStates as readonly string[]).includes(found.state))
      throw new AppError("conflict", words.errors.appealDecided);
    await ctx.db.insert(appealMessage).values({
      appealId,
      at: ctx.now,
      authorKind: ctx.actor.kind === "staff" ? "staff" : actorKind(ctx.actor),
      authorUserId: actorUserId(ctx.actor),
      authorName: actorName(ctx.actor),
      text,
    });
    const isStaff = ctx.actor.kind === "staff";
    if (isStaff) {
      await moveAppeal(ctx, found, found.state === "waiting_for_owner" ? "assign" : "ask_owner");
      await sendNotice(ctx, { accountId: found.accountId, actionId: found.actionId, kind: "appeal.message", text });
    } else if (found.state === "waiting_for_owner") await moveAppeal(ctx, found, "owner_answers");
    if (found.caseId && !isStaff) await moveCase(ctx, found.caseId, "owner_answers");
    const { accountId, caseId, actionId } = found;
    return { accountId, caseId, actionId };
  },
  happened: ({ appealId, text }, { accountId, caseId, actionId }, { actor }) =>
    fact(
      "appeal.answered",
      { subjectId: appealId, accountId, caseId },
      { actionId, fromStaff: actor.kind === "staff", text },
    ),
});

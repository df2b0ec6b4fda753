import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { action, appeal } from "#db/schema/enforcement.ts";
import * as words from "#words/words.ts";
import { openCase } from "../cases/open-case.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { lockAccounts } from "../frame/lock-accounts.ts";
import { scoped } from "../frame/scope.ts";
import { decideWithinMs, openAppealStates } from "../rules/standing/appeal-machine.ts";
import { appealWindowMs } from "../rules/standing/enforcement.ts";

const answer = (question: string) => z.string(question).trim().min(10, words.errors.answerLonger(question)).max(4_000);

/**
 * A member objects to one action, within 180 days, one objection at a time. It opens or joins the account's case and waits for
 * somebody who had no part in the action.
 */
export const submitAppeal = command({
  permission: "appeals:write",
  input: z.strictObject({
    actionId: z.uuid(),
    cause: answer(words.errors.sayCause),
    changed: answer(words.errors.sayChange),
    prevention: answer(words.errors.sayPrevention),
  }),
  run: async (ctx, input) => {
    const [found] = await ctx.db
      .select({ accountId: action.accountId, appliedAt: action.appliedAt, state: action.state })
      .from(action)
      .where(and(eq(action.id, input.actionId), scoped(ctx, action.accountId)));
    if (!found?.appliedAt) throw notFound("action");
    if (found.state === "overturned") throw new AppError("conflict", words.errors.actionWithdrawn);
    if (ctx.now.getTime() - found.appliedAt.getTime() > appealWindowMs)
      throw new AppError("gone", words.errors.appealTooLate);
    await lockAccounts(ctx, [found.accountId]);
    const [open] = await ctx.db
      .select({ id: appeal.id })
      .from(appeal)
      .where(and(eq(appeal.actionId, input.actionId), inArray(appeal.state, [...openAppealStates])));
    if (open) throw new AppError("conflict", words.errors.appealOpen);
    const caseId = await openCase(ctx, found.accountId);
    const [made] = await ctx.db
      .insert(appeal)
      .values({
        ...input,
        accountId: found.accountId,
        caseId,
        state: "submitted",
        submittedByUserId: actorUserId(ctx.actor),
        createdAt: ctx.now,
        dueAt: new Date(ctx.now.getTime() + decideWithinMs),
      })
      .returning({ id: appeal.id });
    if (!made) throw new Error("The appeal row was not written.");
    return { appealId: made.id, accountId: found.accountId, caseId };
  },
  happened: ({ actionId, cause }, { appealId, accountId, caseId }) =>
    fact("appeal.submitted", { subjectId: appealId, accountId, caseId }, { actionId, cause }),
});

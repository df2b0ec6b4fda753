import { actionBatch } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { lockAccounts } from "../frame/lock-accounts.ts";
import { largestBatch } from "../rules/standing/enforcement.ts";
import { impose } from "./impose-action.ts";
import { isForGood, termsSchema } from "./impose-input.ts";
import { batchAccounts } from "./preview-batch.ts";
import { sortBatch } from "./sort-batch.ts";

/**
 * One measure on many accounts in one transaction: all that can be reached get it, each with its own evidence, case and audit row;
 * the others are named with the reason. Over ten accounts it waits for a second person.
 */
export const imposeBatch = command({
  permission: "actions:impose",
  needsProof: isForGood,
  input: termsSchema.extend({ accountIds: batchAccounts }),
  run: async (ctx, { accountIds, ...terms }) => {
    await lockAccounts(ctx, accountIds);
    const { reached, leftOut } = await sortBatch(ctx, accountIds, terms);
    if (reached.length === 0) throw new AppError("conflict", deskWords.errors.batchReachesNobody);
    if (reached.length > largestBatch)
      throw invalid("accountIds", deskWords.errors.batchTooLarge(largestBatch, reached.length));
    const [batch] = await ctx.db
      .insert(actionBatch)
      .values({
        type: terms.type,
        reasonCode: terms.reasonCode,
        accounts: reached.length,
        leftOut: leftOut.map(({ accountId, why }) => ({ accountId, why })),
        createdByUserId: actorUserId(ctx.actor),
        createdAt: ctx.now,
      })
      .returning({ id: actionBatch.id });
    if (!batch) throw new Error("The batch was not written.");
    const done: { accountId: string; name: string; actionId: string; state: string }[] = [];
    let why: string | null = null;
    for (const { accountId, name, caseId } of reached) {
      const input = {
        ...terms,
        accountId,
        ...(caseId ? { caseId } : {}),
        emergency: false,
        besideHolder: reached.length > 1,
      };
      const result = await impose(ctx, input, { batchId: batch.id, accounts: reached.length });
      why = result.why;
      done.push({ accountId, name, actionId: result.actionId, state: result.state });
    }
    return { batchId: batch.id, done, leftOut, why };
  },
  happened: (input, { batchId, done, leftOut }) =>
    fact(
      "batch.imposed",
      { subjectId: batchId, accountId: null },
      { type: input.type, reasonCode: input.reasonCode, accounts: done.length, leftOut: leftOut.length },
    ),
});

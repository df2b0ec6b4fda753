import { and, asc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { action, actionBatch } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { isAuthor } from "../frame/acting-role.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { lockAccountsOf } from "../frame/lock-accounts.ts";
import { nextActionState } from "../rules/standing/action-machine.ts";
import { mayUndo, undoneReason } from "../rules/standing/enforcement.ts";
import { cancelAction } from "./cancel-action.ts";
import { liftAction } from "./lift-action.ts";
import { undo } from "./undo-action.ts";

/**
 * Takes a whole batch back. Within the undo window its author undoes it, and no mail leaves; later everything of it that waits is
 * cancelled and everything in force is lifted, with a reason that its owners read. All or nothing.
 */
export const undoBatch = command({
  permission: "actions:lift",
  input: z.strictObject({
    batchId: z.uuid(),
    reason: z.string().trim().min(3, deskWords.errors.sayWhyUndone).max(1_000).default(deskWords.records.batchUndone),
  }),
  run: async (ctx, { batchId, reason }) => {
    const [batch] = await ctx.db
      .select({ createdAt: actionBatch.createdAt })
      .from(actionBatch)
      .where(eq(actionBatch.id, batchId))
      .for("update");
    if (!batch) throw notFound("batch");
    await lockAccountsOf(ctx, eq(action.batchId, batchId));
    const members = await ctx.db
      .select({
        actionId: action.id,
        state: action.state,
        authorUserId: action.authorUserId,
        authorKeyId: action.authorKeyId,
      })
      .from(action)
      .where(eq(action.batchId, batchId))
      .orderBy(asc(action.accountId));
    const open = members.filter(({ state }) => isOpen(state));
    if (open.length === 0) throw new AppError("conflict", deskWords.errors.batchOver);
    const isOwn = open.every((one) => isAuthor(ctx.actor, one));
    const isUndo = mayUndo({ isOwn, atMs: batch.createdAt.getTime() }, ctx.now.getTime()) === null;
    for (const { actionId, state } of open) {
      if (isUndo) await undo(ctx, actionId);
      else if (nextActionState(state, "cancel")) await cancelAction(ctx, { actionId, reason });
      else await liftAction(ctx, { actionId, reason });
    }
    await ctx.db
      .update(actionBatch)
      .set({ undoneAt: ctx.now })
      .where(and(eq(actionBatch.id, batchId), isNull(actionBatch.undoneAt)));
    return { takenBack: open.length, mailed: !isUndo };
  },
  happened: (input, { takenBack, mailed }) =>
    fact(
      "batch.undone",
      { subjectId: input.batchId, accountId: null },
      { takenBack, reason: mailed ? input.reason : undoneReason },
    ),
});

function isOpen(state: Parameters<typeof nextActionState>[0]): boolean {
  return nextActionState(state, "cancel") !== null || nextActionState(state, "lift") !== null;
}

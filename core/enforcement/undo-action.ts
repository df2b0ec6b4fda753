import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { isAuthor } from "../frame/acting-role.ts";
import type { Ctx } from "../frame/context.ts";
import { command, recordedInRun } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { lockAccountsOf } from "../frame/lock-accounts.ts";
import { scoped } from "../frame/scope.ts";
import { mayUndo, undoneReason } from "../rules/standing/enforcement.ts";
import { reconsiderFlags } from "./reconsider-flags.ts";
import { transition } from "./transition.ts";

/**
 * Takes an act back within the undo window: nothing stays of it but its record. The owner's mail has not left yet and never does;
 * an action that it replaced is in force again.
 */
export const undoAction = command({
  permission: "actions:impose",
  input: z.strictObject({ actionId: z.uuid() }),
  run: (ctx, { actionId }) => undo(ctx, actionId),
  happened: recordedInRun,
});

/** The same inside another command, for one action of a batch. */
export async function undo(ctx: Ctx, actionId: string) {
  await lockAccountsOf(ctx, eq(action.id, actionId));
  const [found] = await ctx.db
    .select({
      state: action.state,
      accountId: action.accountId,
      authorUserId: action.authorUserId,
      authorKeyId: action.authorKeyId,
      createdAt: action.createdAt,
    })
    .from(action)
    .where(and(eq(action.id, actionId), scoped(ctx, action.accountId)))
    .for("update");
  if (!found) throw notFound("action");
  const { createdAt, accountId } = found;
  const refusal = mayUndo({ isOwn: isAuthor(ctx.actor, found), atMs: createdAt.getTime() }, ctx.now.getTime());
  if (refusal) throw new AppError("forbidden", deskWords.objection(refusal.refused));
  const undone = await transition(ctx, actionId, "undo", { reason: undoneReason });
  if (!undone) throw new AppError("conflict", deskWords.errors.actionOver(words.actionStates[found.state].is));
  // An action that never was in force has replaced nothing yet.
  if (undone.state === "lifted" && undone.replacesActionId) await reinstate(ctx, undone.replacesActionId);
  await reconsiderFlags(ctx, actionId);
  return { accountId };
}

/** Puts an action that was replaced in force again, unless its own time is over. */
async function reinstate(ctx: Ctx, actionId: string): Promise<void> {
  const [found] = await ctx.db.select({ endsAt: action.endsAt }).from(action).where(eq(action.id, actionId));
  if (!found || (found.endsAt && found.endsAt <= ctx.now)) return;
  await transition(ctx, actionId, "reinstate");
}

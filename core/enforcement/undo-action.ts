import { and, eq, exists, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { flag } from "#db/schema/abuse.ts";
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
  if (undone.caseId) await reconsiderFlags(ctx, undone.caseId, createdAt);
  return { accountId };
}

/** Puts an action that was replaced in force again, unless its own time is over. */
async function reinstate(ctx: Ctx, actionId: string): Promise<void> {
  const [found] = await ctx.db.select({ endsAt: action.endsAt }).from(action).where(eq(action.id, actionId));
  if (!found || (found.endsAt && found.endsAt <= ctx.now)) return;
  await transition(ctx, actionId, "reinstate");
}

/**
 * Flags that the undone act had confirmed are open questions again. Where its detector has fired anew meanwhile, the question is
 * the newer flag's, and the older one is over without a decision.
 */
async function reconsiderFlags(ctx: Ctx, caseId: string, confirmedAt: Date): Promise<void> {
  const newer = alias(flag, "newer");
  const hasNewer = exists(
    ctx.db
      .select({ id: newer.id })
      .from(newer)
      .where(
        and(
          eq(newer.accountId, flag.accountId),
          eq(newer.detector, flag.detector),
          eq(newer.scope, flag.scope),
          eq(newer.scopeId, flag.scopeId),
          inArray(newer.state, ["open", "recovering", "in_case"]),
        ),
      ),
  );
  await ctx.db
    .update(flag)
    .set({
      state: sql`case when ${hasNewer} then 'expired' else 'in_case' end`,
      decidedAt: null,
      decidedByUserId: null,
    })
    .where(and(eq(flag.caseId, caseId), eq(flag.state, "confirmed"), eq(flag.decidedAt, confirmedAt)));
}

import { and, eq, exists, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { flag } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import { emit, notifyAccount } from "../facts/outbox.ts";
import { appendCaseEvent } from "../facts/timeline.ts";
import { withdrawNotices } from "../facts/withdraw-notices.ts";
import { isAuthor } from "../frame/acting-role.ts";
import { type AuditNote, actorUserId, type Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { nextActionState } from "../rules/standing/action-machine.ts";
import { mayUndo, undoneReason } from "../rules/standing/enforcement.ts";
import { endAction } from "./end-action.ts";
import { lockAccountsOf } from "./lock-accounts.ts";

/**
 * Takes an act back within the undo window: nothing stays of it but its record. The owner's mail has not left yet and never does;
 * an action that it replaced is in force again.
 */
export const undoAction = command({
  permission: "actions:impose",
  input: z.strictObject({ actionId: z.uuid() }),
  run: (ctx, { actionId }) => undo(ctx, actionId),
  audit: ({ actionId }, { accountId }) => undoNote(actionId, accountId),
});

/** The audit row of one action that was taken back, alone or in a batch. */
export function undoNote(actionId: string, accountId: string): AuditNote {
  return { action: "action.undo", subjectKind: "action", subjectId: actionId, accountId };
}

/** The same inside another command, for one action of a batch. */
export async function undo(ctx: Ctx, actionId: string) {
  await lockAccountsOf(ctx, eq(action.id, actionId));
  const [found] = await ctx.db
    .select({
      state: action.state,
      type: action.type,
      accountId: action.accountId,
      caseId: action.caseId,
      authorUserId: action.authorUserId,
      authorKeyId: action.authorKeyId,
      createdAt: action.createdAt,
      replacesActionId: action.replacesActionId,
    })
    .from(action)
    .where(and(eq(action.id, actionId), scoped(ctx, action.accountId)))
    .for("update");
  if (!found) throw notFound("action");
  const { createdAt, accountId, caseId, type } = found;
  const refusal = mayUndo({ isOwn: isAuthor(ctx.actor, found), atMs: createdAt.getTime() }, ctx.now.getTime());
  if (refusal) throw new AppError("forbidden", refusal.refused);
  // What never was in force has replaced nothing yet.
  if (nextActionState(found.state, "cancel")) await cancel(ctx, actionId, undoneReason);
  else if (!(await endAction(ctx, actionId, "lift", undoneReason)))
    throw new AppError("conflict", `This action is ${found.state.replaceAll("_", " ")} already.`);
  else if (found.replacesActionId) await reinstate(ctx, found.replacesActionId);
  await notifyAccount(ctx, accountId);
  await withdrawNotices(ctx, actionId);
  if (caseId) {
    await reconsiderFlags(ctx, caseId, createdAt);
    await appendCaseEvent(ctx, caseId, "action.undone", { actionId, type });
  }
  await emit(ctx, "action.lifted", accountId, { actionId, type });
  return { accountId };
}

async function cancel(ctx: Ctx, actionId: string, reason: string): Promise<void> {
  await ctx.db
    .update(action)
    .set({
      state: "cancelled",
      endedAt: ctx.now,
      endedByUserId: actorUserId(ctx.actor),
      endReason: reason,
      version: sql`${action.version} + 1`,
    })
    .where(eq(action.id, actionId));
}

/** What was replaced is in force again, unless its own time is over. The gates confirm it anew. */
async function reinstate(ctx: Ctx, actionId: string): Promise<void> {
  const [found] = await ctx.db
    .select({ state: action.state, accountId: action.accountId, endsAt: action.endsAt })
    .from(action)
    .where(eq(action.id, actionId))
    .for("update");
  const state = found && nextActionState(found.state, "reinstate");
  if (!found || !state || (found.endsAt && found.endsAt <= ctx.now)) return;
  const standingVersion = await notifyAccount(ctx, found.accountId);
  await ctx.db
    .update(action)
    .set({
      state,
      standingVersion,
      endedAt: null,
      endedByUserId: null,
      endReason: null,
      version: sql`${action.version} + 1`,
    })
    .where(eq(action.id, actionId));
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

import { and, eq, sql } from "drizzle-orm";
import { flag } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import { appendCaseEvent } from "../abuse/timeline.ts";
import { actorUserId, type Ctx } from "../context.ts";
import { AppError, notFound } from "../errors.ts";
import { sendNotice } from "../notices/send-notice.ts";
import { emit, notifyAccount } from "../outbox.ts";
import { nextActionState } from "../rules/action-machine.ts";
import { endAction } from "./end-action.ts";

/**
 * Puts an action in force at commit, or, when its start lies ahead, schedules it: tells the gates, the owner (unless silent), the
 * case and the outside. A scheduled one is called again when its time has come. Returns its new state.
 */
export async function applyAction(ctx: Ctx, actionId: string, approverUserId?: string) {
  const [found] = await ctx.db
    .select({
      state: action.state,
      accountId: action.accountId,
      caseId: action.caseId,
      type: action.type,
      isSilent: action.isSilent,
      effectiveAt: action.effectiveAt,
      endsAt: action.endsAt,
      lapsesAt: action.lapsesAt,
      replacesActionId: action.replacesActionId,
    })
    .from(action)
    .where(eq(action.id, actionId))
    .for("update");
  if (!found) throw notFound("action");
  const isStarting = found.state === "scheduled";
  const isAhead = !isStarting && found.effectiveAt > ctx.now;
  const state = nextActionState(found.state, isAhead ? "approve_later" : "apply");
  if (!state) throw new AppError("conflict", `This action is ${found.state.replaceAll("_", " ")} already.`);
  if (!isAhead && found.replacesActionId)
    await endAction(ctx, found.replacesActionId, "supersede", "Another measure took its place.");
  const standingVersion = await notifyAccount(ctx, found.accountId);
  // No gate has to do anything about a notice: it is in force as it is.
  const inForce = found.type === "notice" ? ("active" as const) : ("applying" as const);
  await ctx.db
    .update(action)
    .set({
      state: isAhead ? "scheduled" : inForce,
      standingVersion,
      // As late as can be: the confirmation time shown to staff counts from here.
      ...(isAhead ? {} : { appliedAt: sql`clock_timestamp()` }),
      ...(isAhead || isStarting ? {} : { effectiveAt: ctx.now }),
      version: sql`${action.version} + 1`,
      ...(approverUserId === undefined ? {} : { approverUserId }),
    })
    .where(eq(action.id, actionId));
  // Who was told when it was scheduled has been told.
  if (!found.isSilent && !isStarting) {
    const kind = isAhead ? "action.scheduled" : "action.applied";
    await sendNotice(ctx, { accountId: found.accountId, actionId, kind });
  }
  if (found.caseId) {
    if (!isStarting) await confirmFlags(ctx, found.caseId);
    await appendCaseEvent(ctx, found.caseId, isAhead ? "action.scheduled" : "action.applied", {
      actionId,
      type: found.type,
      effectiveAt: isAhead ? found.effectiveAt.toISOString() : null,
      endsAt: found.endsAt?.toISOString() ?? null,
      lapsesAt: found.lapsesAt?.toISOString() ?? null,
      isSilent: found.isSilent,
    });
  }
  await emit(ctx, isAhead ? "action.scheduled" : "action.applied", found.accountId, {
    actionId,
    type: found.type,
    endsAt: found.endsAt?.toISOString() ?? null,
  });
  return isAhead ? ("scheduled" as const) : inForce;
}

/** What an action rests on was right. */
async function confirmFlags(ctx: Ctx, caseId: string): Promise<void> {
  const confirmed = await ctx.db
    .update(flag)
    .set({ state: "confirmed", decidedAt: ctx.now, decidedByUserId: actorUserId(ctx.actor) })
    .where(and(eq(flag.caseId, caseId), eq(flag.state, "in_case")))
    .returning({ id: flag.id, detector: flag.detector });
  for (const { id, detector } of confirmed)
    await appendCaseEvent(ctx, caseId, "flag.confirmed", { flagId: id, detector });
}

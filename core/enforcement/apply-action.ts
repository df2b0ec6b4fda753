import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { flag } from "#db/schema/abuse.ts";
import { staffMember } from "#db/schema/auth.ts";
import { action } from "#db/schema/enforcement.ts";
import { emit, notifyAccount } from "../facts/outbox.ts";
import { sendNotice } from "../facts/send-notice.ts";
import { appendCaseEvent } from "../facts/timeline.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { detectors } from "../rules/detectors/registry.ts";
import { nextActionState } from "../rules/standing/action-machine.ts";
import { windDownMs } from "../rules/standing/enforcement.ts";
import type { ReasonCode } from "../rules/vocabulary.ts";
import { endAction } from "./end-action.ts";
import { type Liftable, liftColumns, liftRefusal, refuseLift } from "./refuse-lift.ts";

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
      authorUserId: action.authorUserId,
      reasonCode: action.reasonCode,
    })
    .from(action)
    .where(eq(action.id, actionId))
    .for("update");
  if (!found) throw notFound("action");
  const isStarting = found.state === "scheduled";
  const isAhead = !isStarting && found.effectiveAt > ctx.now;
  const state = nextActionState(found.state, isAhead ? "approve_later" : "apply");
  if (!state) throw new AppError("conflict", `This action is ${found.state.replaceAll("_", " ")} already.`);
  const startsAtMs = Math.max(ctx.now.getTime(), found.effectiveAt.getTime());
  if (!isAhead && found.replacesActionId) await supersede(ctx, found.replacesActionId, found.authorUserId);
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
      // The owner has all of it, however long a proposal waited.
      ...(found.type === "termination" ? { windDownEndsAt: new Date(startsAtMs + windDownMs) } : {}),
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
    if (!isStarting) await confirmFlags(ctx, found.caseId, found.reasonCode);
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

/**
 * Ends what this one takes the place of. What has meanwhile become more than its replacer may lift, such as an emergency that was
 * confirmed for good, stays in force beside it when the clock starts this one, and stops a person who approves it.
 */
async function supersede(ctx: Ctx, actionId: string, authorUserId: string): Promise<void> {
  const [found] = await ctx.db.select(liftColumns).from(action).where(eq(action.id, actionId)).for("update");
  if (!found) return;
  if (ctx.actor.kind === "staff") refuseLift(ctx.actor, found, ctx.now);
  else if (!(await mayStillLift(ctx, found, authorUserId))) return;
  await endAction(ctx, actionId, "supersede", "Another measure took its place.");
}

async function mayStillLift(ctx: Ctx, found: Liftable, userId: string): Promise<boolean> {
  const [author] = await ctx.db
    .select({ role: staffMember.role })
    .from(staffMember)
    .where(and(eq(staffMember.userId, userId), isNull(staffMember.endedAt)));
  return (
    author !== undefined &&
    liftRefusal(author.role, { ...found, isOwn: found.authorUserId === userId }, ctx.now) === null
  );
}

/** What an action rests on was right: the flags of its reason. Of the others in the case it says nothing. */
async function confirmFlags(ctx: Ctx, caseId: string, reasonCode: ReasonCode): Promise<void> {
  const ofReason = detectors.filter((one) => one.reasonCode === reasonCode).map((one) => one.id);
  const confirmed = await ctx.db
    .update(flag)
    .set({ state: "confirmed", decidedAt: ctx.now, decidedByUserId: actorUserId(ctx.actor) })
    .where(and(eq(flag.caseId, caseId), eq(flag.state, "in_case"), inArray(flag.detector, ofReason)))
    .returning({ id: flag.id, detector: flag.detector });
  for (const { id, detector } of confirmed)
    await appendCaseEvent(ctx, caseId, "flag.confirmed", { flagId: id, detector });
}

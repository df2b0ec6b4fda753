import { and, eq, inArray, isNull } from "drizzle-orm";
import { flag } from "#db/schema/abuse.ts";
import { staffMember } from "#db/schema/auth.ts";
import { action } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { record } from "../frame/record.ts";
import { detectorsFor } from "../rules/detectors/registry.ts";
import type { ReasonCode } from "../rules/vocabulary.ts";
import { type Liftable, liftColumns, liftRefusal, refuseLift } from "./refuse-lift.ts";
import { transition } from "./transition.ts";

/**
 * Puts an action in force at commit, or, when its start lies ahead, schedules it. A scheduled one is called again when its time has
 * come. Returns its new state.
 */
export async function applyAction(ctx: Ctx, actionId: string, approverUserId?: string) {
  const [found] = await ctx.db
    .select({
      state: action.state,
      effectiveAt: action.effectiveAt,
      replacesActionId: action.replacesActionId,
      authorUserId: action.authorUserId,
    })
    .from(action)
    .where(eq(action.id, actionId))
    .for("update");
  if (!found) throw notFound("action");
  const isStarting = found.state === "scheduled";
  const isAhead = !isStarting && found.effectiveAt > ctx.now;
  if (!isAhead && found.replacesActionId) await supersede(ctx, found.replacesActionId, found.authorUserId);
  const set = approverUserId === undefined ? {} : { approverUserId };
  const moved = await transition(ctx, actionId, isAhead ? "schedule" : "apply", { set });
  if (!moved) throw new AppError("conflict", deskWords.errors.actionOver(words.actionStates[found.state].is));
  if (moved.caseId && !isStarting) await confirmFlags(ctx, moved.accountId, moved.caseId, moved.reasonCode);
  return moved.state as "scheduled" | "applying" | "active";
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
  await transition(ctx, actionId, "supersede", { reason: words.records.actionReplaced });
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
async function confirmFlags(ctx: Ctx, accountId: string, caseId: string, reasonCode: ReasonCode): Promise<void> {
  const confirmed = await ctx.db
    .update(flag)
    .set({ state: "confirmed", decidedAt: ctx.now, decidedByUserId: actorUserId(ctx.actor) })
    .where(and(eq(flag.caseId, caseId), eq(flag.state, "in_case"), inArray(flag.detector, detectorsFor(reasonCode))))
    .returning({ id: flag.id, detector: flag.detector });
  for (const { id, detector } of confirmed)
    await record(ctx, fact("flag.confirmed", { subjectId: id, accountId, caseId }, { detector }));
}

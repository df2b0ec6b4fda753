import { caseEvent } from "#db/schema/abuse.ts";
import { actorKind, actorName, actorUserId, type Ctx } from "../context.ts";

export type CaseEventType =
  | "case.opened"
  | "case.reopened"
  | "case.claimed"
  | "case.released"
  | "case.closed"
  | "case.handed_over"
  | "case.snoozed"
  | "case.woken"
  | "case.escalated"
  | "case.owner_asked"
  | "case.reminded"
  | "flag.raised"
  | "flag.dismissed"
  | "flag.confirmed"
  | "flag.muted"
  | "flag.released"
  | "note.added"
  | "reference.added"
  | "reference.removed"
  | "report.joined"
  | "appeal.submitted"
  | "appeal.assigned"
  | "appeal.answered"
  | "appeal.decided"
  | "appeal.withdrawn"
  | "owner.fixed"
  | "load.announced"
  | "notice.acknowledged"
  | "action.proposed"
  | "action.scheduled"
  | "action.upheld"
  | "action.undone"
  | "action.lapsed"
  | "action.superseded"
  | "action.overturned"
  | "action.wound_down"
  | "action.applied"
  | "action.confirmed"
  | "action.unconfirmed"
  | "action.cancelled"
  | "action.lifted"
  | "action.expired"
  | "notice.sent";

/** Adds to a case's timeline, which only grows. */
export async function appendCaseEvent(
  ctx: Ctx,
  caseId: string,
  type: CaseEventType,
  data: Record<string, unknown> = {},
): Promise<void> {
  await ctx.db.insert(caseEvent).values({
    caseId,
    at: ctx.now,
    type,
    actorKind: actorKind(ctx.actor),
    actorUserId: actorUserId(ctx.actor),
    actorName: actorName(ctx.actor),
    data,
  });
}

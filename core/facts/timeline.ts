import type { Transaction } from "#db/client.ts";
import { caseEvent } from "#db/schema/abuse.ts";
import { appendAudit } from "../frame/append-audit.ts";
import { actorKind, actorName, actorUserId, type Ctx } from "../frame/context.ts";
import { caseEventHash, sealCaseEvents } from "../frame/seal-case-events.ts";

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

/** Adds to a case's timeline, which only grows. Its hash goes into the audit chain with the transaction, so that it cannot be changed unseen. */
export async function appendCaseEvent(
  ctx: Ctx,
  caseId: string,
  type: CaseEventType,
  data: Record<string, unknown> = {},
): Promise<void> {
  const values = {
    caseId,
    at: ctx.now,
    type,
    actorKind: actorKind(ctx.actor),
    actorUserId: actorUserId(ctx.actor),
    actorName: actorName(ctx.actor),
    data,
  };
  const [made] = await ctx.db.insert(caseEvent).values(values).returning({ id: caseEvent.id });
  if (!made) throw new Error("The case event was not written.");
  const hash = caseEventHash({ id: made.id, ...values });
  if (ctx.pending) ctx.pending.caseEvents.push(hash);
  else await appendAudit(ctx.db as Transaction, ctx, sealCaseEvents({ audit: [], caseEvents: [hash] }, ctx.actor));
}

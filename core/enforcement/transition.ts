import { eq, type SQL, sql } from "drizzle-orm";
import { action } from "#db/schema/enforcement.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { notFound } from "../frame/errors.ts";
import { record } from "../frame/record.ts";
import { sendNotice } from "../frame/send-notice.ts";
import { withdrawNotices } from "../frame/withdraw-notices.ts";
import { type ActionEvent, nextActionState } from "../rules/standing/action-machine.ts";
import { windDownMs } from "../rules/standing/enforcement.ts";
import type { ActionState } from "../rules/vocabulary.ts";
import { type After, type Details, type Found, moves } from "./moves.ts";

type Columns = Partial<{ [Key in keyof typeof action.$inferInsert]: (typeof action.$inferInsert)[Key] | SQL }>;

/**
 * Moves one action by the machine's table, and records what follows from it: state, timeline, audit log, webhooks, notice and gates,
 * in the transaction of its cause. The only writer of an action's state. Returns what the action is now, or null when its state does
 * not allow the event any more.
 */
export async function transition(
  ctx: Ctx,
  actionId: string,
  event: ActionEvent,
  details: Details = {},
): Promise<After | null> {
  const before = await lockAction(ctx, actionId);
  const next = nextActionState(before.state, event);
  if (!next) return null;
  // No gate has to do anything about a notice: it is in force as it is.
  const state = next === "applying" && before.type === "notice" ? "active" : next;
  const after: After = {
    ...before,
    ...begun(ctx, before, event),
    ...details.set,
    ...(event === "tell" ? { isSilent: false } : {}),
    state,
    from: before.state,
    reason: details.reason ?? null,
  };
  const { fact, notice } = moves[event];
  const { accountId, caseId, isSilent } = after;
  const standingVersion = await record(ctx, fact(after, { subjectId: actionId, accountId, caseId, isSilent }, details));
  await ctx.db
    .update(action)
    .set({
      state,
      isSilent,
      effectiveAt: after.effectiveAt,
      ...details.set,
      ...columnsOf(ctx, before, event, details),
      // What the gates confirm from now on; an end needs no confirmation.
      ...(standingVersion !== null && isBeginning(event) ? { standingVersion } : {}),
      // Nobody can have read a draft.
      ...(before.state === "draft" ? {} : { version: sql`${action.version} + 1` }),
    })
    .where(eq(action.id, actionId));
  const kind = typeof notice === "function" ? notice(after, before) : notice;
  const message = details.notice ?? (kind ? { kind } : null);
  // What has not been mailed yet would come after the message that says otherwise.
  if (kind === "action.changed" || (isEnd(event) && !isByClock(ctx, before, event)))
    await withdrawNotices(ctx, actionId);
  if (message && !isSilent) await sendNotice(ctx, { accountId, actionId, ...message });
  return after;
}

const beginnings: readonly ActionEvent[] = ["schedule", "apply", "reinstate"];
const isBeginning = (event: ActionEvent) => beginnings.includes(event);

const over: readonly ActionState[] = ["expired", "lifted", "superseded", "overturned", "cancelled"];
/** Every event that leads to a final state leads to nothing else. */
const isEnd = (event: ActionEvent) =>
  over.some((state) => nextActionState("active", event) === state) || event === "cancel";

/** Its time is over, as opposed to being ended by somebody. */
const isByClock = (ctx: Ctx, { endsAt }: Found, event: ActionEvent) =>
  (event === "expire" || event === "lapse") && endsAt !== null && endsAt <= ctx.now;

async function lockAction(ctx: Ctx, actionId: string): Promise<Found> {
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
      reasonCode: action.reasonCode,
      surface: action.surface,
      tokenId: action.tokenId,
      endpointId: action.endpointId,
      factor: action.factor,
      noticeDueAt: action.noticeDueAt,
      replacesActionId: action.replacesActionId,
      authorUserId: action.authorUserId,
      evidenceHash: action.evidenceHash,
    })
    .from(action)
    .where(eq(action.id, actionId))
    .for("update");
  if (!found) throw notFound("action");
  return found;
}

/** An action that does not wait for its time begins now, however long it waited for approval. */
function begun(ctx: Ctx, { state }: Found, event: ActionEvent): Partial<Found> {
  return event === "apply" && state !== "scheduled" ? { effectiveAt: ctx.now } : {};
}

function columnsOf(ctx: Ctx, before: Found, event: ActionEvent, details: Details): Columns {
  if (event === "schedule" || event === "apply") return beginningOf(ctx, before, event);
  if (event === "reinstate") return { endedAt: null, endedByUserId: null, endReason: null };
  if (!isEnd(event)) return {};
  return {
    // An action that was over before keeps the time at which it ended; one that ends by the clock ended when it was due.
    endedAt: sql`coalesce(${action.endedAt}, ${isByClock(ctx, before, event) ? before.endsAt : ctx.now})`,
    endedByUserId: actorUserId(ctx.actor),
    endReason: details.reason ?? null,
  };
}

function beginningOf(ctx: Ctx, before: Found, event: "schedule" | "apply"): Columns {
  const startsAtMs = Math.max(ctx.now.getTime(), before.effectiveAt.getTime());
  return {
    // As late as can be: the confirmation time shown to staff counts from here.
    ...(event === "apply" ? { appliedAt: sql`clock_timestamp()` } : {}),
    // The owner has all of it, however long a proposal waited.
    ...(before.type === "termination" ? { windDownEndsAt: new Date(startsAtMs + windDownMs) } : {}),
  };
}

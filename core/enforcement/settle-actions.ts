import { and, asc, eq, inArray, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import { emit, notifyAccount } from "../facts/outbox.ts";
import { sendNotice } from "../facts/send-notice.ts";
import { appendCaseEvent } from "../facts/timeline.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { applyAction } from "./apply-action.ts";
import { confirmApplied } from "./confirm-applied.ts";
import { lockAccountsOf } from "./lock-accounts.ts";
import { windDown } from "./wind-down.ts";

const columns = {
  id: action.id,
  accountId: action.accountId,
  caseId: action.caseId,
  type: action.type,
  isSilent: action.isSilent,
  lapsesAt: action.lapsesAt,
};

const inForce = inArray(action.state, ["applying", "active"]);

/**
 * Moves actions along with the clock and the gates: what was scheduled starts, `applying` becomes `active` when every live gate has
 * confirmed, what has run out becomes `expired`, a silent action whose clock has run out is told to the owner, the tokens of an
 * ended wind-down are destroyed. The gates need none of it: they compare with their own clock on each request.
 */
export const settleActions = command({
  permission: "actions:settle",
  input: z.strictObject({}),
  run: async (ctx) => {
    await lockAccountsOf(ctx, isDue(ctx.now));
    return settle(ctx);
  },
  audit: (_input, counts) =>
    Object.values(counts).every((count) => count === 0)
      ? null
      : { action: "action.settle", subjectKind: "action", subjectId: "many", accountId: null, data: counts },
});

/** Whatever of it moves by the clock now. */
function isDue(now: Date): SQL | undefined {
  return or(
    and(eq(action.state, "scheduled"), lte(action.effectiveAt, now)),
    and(inForce, or(lte(action.endsAt, now), and(eq(action.isSilent, true), lte(action.noticeDueAt, now)))),
  );
}

async function settle(ctx: Ctx) {
  return {
    started: await startScheduled(ctx),
    ...(await confirmApplied(ctx)),
    expired: await expireEnded(ctx),
    told: await tellSilent(ctx),
    woundDown: await windDown(ctx),
  };
}

async function startScheduled(ctx: Ctx): Promise<number> {
  const due = await ctx.db
    .select({ id: action.id })
    .from(action)
    .where(and(eq(action.state, "scheduled"), lte(action.effectiveAt, ctx.now)))
    .orderBy(asc(action.effectiveAt))
    .limit(200)
    .for("update", { skipLocked: true });
  for (const { id } of due) await applyAction(ctx, id);
  return due.length;
}

async function expireEnded(ctx: Ctx): Promise<number> {
  const ended = await ctx.db
    .update(action)
    .set({
      state: "expired",
      endedAt: sql`${action.endsAt}`,
      endReason: sql`case when ${action.lapsesAt} is null then null else 'Nobody confirmed it in time.' end`,
      version: sql`${action.version} + 1`,
    })
    .where(and(inForce, isNotNull(action.endsAt), lte(action.endsAt, ctx.now)))
    .returning(columns);
  for (const { id, accountId, caseId, type, isSilent, lapsesAt } of ended) {
    await notifyAccount(ctx, accountId);
    if (!isSilent) await sendNotice(ctx, { accountId, actionId: id, kind: "action.expired" });
    if (caseId)
      await appendCaseEvent(ctx, caseId, lapsesAt ? "action.lapsed" : "action.expired", { actionId: id, type });
    await emit(ctx, "action.expired", accountId, { actionId: id, type });
  }
  return ended.length;
}

async function tellSilent(ctx: Ctx): Promise<number> {
  const due = await ctx.db
    .update(action)
    .set({ isSilent: false, version: sql`${action.version} + 1` })
    .where(and(inForce, eq(action.isSilent, true), lte(action.noticeDueAt, ctx.now), isNull(action.endedAt)))
    .returning(columns);
  for (const { id, accountId, caseId } of due) {
    await notifyAccount(ctx, accountId);
    await sendNotice(ctx, { accountId, actionId: id, kind: "action.applied" });
    if (caseId) await appendCaseEvent(ctx, caseId, "notice.sent", { actionId: id, afterSilence: true });
  }
  return due.length;
}

import { and, asc, eq, inArray, isNotNull, isNull, lte, sql } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import { appendCaseEvent } from "../abuse/timeline.ts";
import type { Ctx } from "../context.ts";
import { command } from "../define.ts";
import { listConfirmations } from "../gates/list-confirmations.ts";
import { sendNotice } from "../notices/send-notice.ts";
import { emit, notifyAccount } from "../outbox.ts";

const columns = {
  id: action.id,
  accountId: action.accountId,
  caseId: action.caseId,
  type: action.type,
  isSilent: action.isSilent,
  endsAt: action.endsAt,
  appliedAt: action.appliedAt,
  publicText: action.publicText,
  standingVersion: action.standingVersion,
};

/**
 * Moves actions along with the clock and the gates: `applying` becomes `active` when every live gate has confirmed, what has
 * run out becomes `expired`, a silent action whose clock has run out is told to the owner. The gates need none of it: they
 * compare with their own clock on each request.
 */
export const settleActions = command({
  permission: "actions:settle",
  input: z.strictObject({}),
  run: async (ctx) => ({
    confirmed: await confirmApplied(ctx),
    expired: await expireEnded(ctx),
    told: await tellSilent(ctx),
  }),
  audit: (_input, { confirmed, expired, told }) =>
    confirmed + expired + told === 0
      ? null
      : {
          action: "action.settle",
          subjectKind: "action",
          subjectId: "many",
          accountId: null,
          data: { confirmed, expired, told },
        },
});

async function confirmApplied(ctx: Ctx): Promise<number> {
  const applying = await ctx.db
    .select(columns)
    .from(action)
    .where(eq(action.state, "applying"))
    .orderBy(asc(action.appliedAt))
    .limit(200)
    .for("update", { skipLocked: true });
  let confirmed = 0;
  for (const row of applying) {
    const { accountId, standingVersion, appliedAt } = row;
    if (standingVersion === null || appliedAt === null) continue;
    const gates = await listConfirmations(ctx, { accountId, standingVersion, appliedAt });
    const last = gates.at(-1)?.confirmedAt;
    if (!last || gates.some((gate) => gate.confirmedAt === null)) continue;
    await ctx.db
      .update(action)
      .set({ state: "active", confirmedAt: last, version: sql`${action.version} + 1` })
      .where(eq(action.id, row.id));
    const milliseconds = row.appliedAt ? Math.max(0, last.getTime() - row.appliedAt.getTime()) : 0;
    if (row.caseId) {
      await appendCaseEvent(ctx, row.caseId, "action.confirmed", {
        actionId: row.id,
        gates: gates.length,
        milliseconds,
      });
    }
    confirmed += 1;
  }
  return confirmed;
}

async function expireEnded(ctx: Ctx): Promise<number> {
  const ended = await ctx.db
    .update(action)
    .set({ state: "expired", endedAt: sql`${action.endsAt}`, version: sql`${action.version} + 1` })
    .where(and(inArray(action.state, ["applying", "active"]), isNotNull(action.endsAt), lte(action.endsAt, ctx.now)))
    .returning(columns);
  for (const row of ended) {
    await notifyAccount(ctx, row.accountId);
    if (!row.isSilent) await sendNotice(ctx, { ...row, actionId: row.id, kind: "action.expired" });
    if (row.caseId) await appendCaseEvent(ctx, row.caseId, "action.expired", { actionId: row.id, type: row.type });
    await emit(ctx, "action.expired", row.accountId, { actionId: row.id, type: row.type });
  }
  return ended.length;
}

async function tellSilent(ctx: Ctx): Promise<number> {
  const due = await ctx.db
    .update(action)
    .set({ isSilent: false, version: sql`${action.version} + 1` })
    .where(
      and(
        inArray(action.state, ["applying", "active"]),
        eq(action.isSilent, true),
        lte(action.noticeDueAt, ctx.now),
        isNull(action.endedAt),
      ),
    )
    .returning(columns);
  for (const row of due) {
    await notifyAccount(ctx, row.accountId);
    await sendNotice(ctx, { ...row, actionId: row.id, kind: "action.applied" });
    if (row.caseId) await appendCaseEvent(ctx, row.caseId, "notice.sent", { actionId: row.id, afterSilence: true });
  }
  return due.length;
}

import { asc, eq, sql } from "drizzle-orm";
import { action } from "#db/schema/enforcement.ts";
import { emit } from "../facts/outbox.ts";
import { appendCaseEvent } from "../facts/timeline.ts";
import type { Ctx } from "../frame/context.ts";
import { type Confirmation, listConfirmations } from "./list-confirmations.ts";

/** A live gate that has not confirmed after this long is an alarm to staff, not a delay. */
export const alarmAfterMs = 30_000;

type Row = {
  id: string;
  accountId: string;
  caseId: string | null;
  type: string;
  appliedAt: Date;
  overdueAt: Date | null;
};

/**
 * `applying` becomes `active` when every live gate has confirmed. A live gate that does not within 30 seconds raises an alarm, once
 * per action: in the case, on the desk, and to the provider's webhooks. It is over when the gate confirms or is live no more.
 */
export async function confirmApplied(ctx: Ctx): Promise<{ confirmed: number; alarms: number }> {
  const applying = await ctx.db
    .select({
      id: action.id,
      accountId: action.accountId,
      caseId: action.caseId,
      type: action.type,
      appliedAt: action.appliedAt,
      overdueAt: action.overdueAt,
      standingVersion: action.standingVersion,
    })
    .from(action)
    .where(eq(action.state, "applying"))
    .orderBy(asc(action.appliedAt))
    .limit(200)
    .for("update", { skipLocked: true });
  let confirmed = 0;
  let alarms = 0;
  for (const { standingVersion, appliedAt, ...row } of applying) {
    if (standingVersion === null || appliedAt === null) continue;
    const gates = await listConfirmations(ctx, { accountId: row.accountId, standingVersion, appliedAt });
    const silent = gates.filter((gate) => gate.confirmedAt === null);
    const last = gates.at(-1)?.confirmedAt;
    if (silent.length > 0) alarms += await raiseAlarm(ctx, { ...row, appliedAt }, silent);
    else if (row.overdueAt) await endAlarm(ctx, { ...row, appliedAt });
    if (!last || silent.length > 0) continue;
    await ctx.db
      .update(action)
      .set({ state: "active", confirmedAt: last, version: sql`${action.version} + 1` })
      .where(eq(action.id, row.id));
    const milliseconds = Math.max(0, last.getTime() - appliedAt.getTime());
    if (row.caseId) {
      const data = { actionId: row.id, gates: gates.length, milliseconds };
      await appendCaseEvent(ctx, row.caseId, "action.confirmed", data);
    }
    confirmed += 1;
  }
  return { confirmed, alarms };
}

async function raiseAlarm(ctx: Ctx, row: Row, silent: readonly Confirmation[]): Promise<number> {
  if (row.overdueAt || ctx.now.getTime() - row.appliedAt.getTime() < alarmAfterMs) return 0;
  await ctx.db.update(action).set({ overdueAt: ctx.now }).where(eq(action.id, row.id));
  const gates = silent.map((gate) => gate.gateId);
  if (row.caseId) await appendCaseEvent(ctx, row.caseId, "action.unconfirmed", { actionId: row.id, gates });
  await emit(ctx, "gate.unconfirmed", row.accountId, { actionId: row.id, type: row.type, gates });
  return 1;
}

async function endAlarm(ctx: Ctx, row: Row): Promise<void> {
  await ctx.db.update(action).set({ overdueAt: null }).where(eq(action.id, row.id));
  await emit(ctx, "gate.confirmed", row.accountId, { actionId: row.id, type: row.type });
}

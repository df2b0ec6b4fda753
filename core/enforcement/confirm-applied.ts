import { asc, eq } from "drizzle-orm";
import { action } from "#db/schema/enforcement.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { record } from "../frame/record.ts";
import type { ActionType } from "../rules/vocabulary.ts";
import { type Confirmation, listConfirmations } from "./list-confirmations.ts";
import { transition } from "./transition.ts";

/** A live gate that has not confirmed after this long is an alarm to staff, not a delay. */
export const alarmAfterMs = 30_000;

type Row = {
  id: string;
  accountId: string;
  caseId: string | null;
  type: ActionType;
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
    const milliseconds = Math.max(0, last.getTime() - appliedAt.getTime());
    await transition(ctx, row.id, "confirm", {
      set: { confirmedAt: last },
      confirmed: { gates: gates.length, milliseconds },
    });
    confirmed += 1;
  }
  return { confirmed, alarms };
}

async function raiseAlarm(ctx: Ctx, row: Row, silent: readonly Confirmation[]): Promise<number> {
  if (row.overdueAt || ctx.now.getTime() - row.appliedAt.getTime() < alarmAfterMs) return 0;
  await ctx.db.update(action).set({ overdueAt: ctx.now }).where(eq(action.id, row.id));
  const gates = silent.map((gate) => gate.gateId);
  await record(ctx, fact("action.unconfirmed", aboutOf(row), { type: row.type, gates }));
  return 1;
}

async function endAlarm(ctx: Ctx, row: Row): Promise<void> {
  await ctx.db.update(action).set({ overdueAt: null }).where(eq(action.id, row.id));
  await record(ctx, fact("action.alarm_ended", aboutOf(row), { type: row.type }));
}

function aboutOf({ id, accountId, caseId }: Row) {
  return { subjectId: id, accountId, caseId };
}

import { and, asc, eq, sql } from "drizzle-orm";
import { caseEvent } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import { appendCaseEvent } from "../abuse/timeline.ts";
import type { Ctx } from "../context.ts";
import { type Confirmation, listConfirmations } from "../gates/list-confirmations.ts";

/** A gate that has not confirmed after this long is an alarm to staff, not a delay. */
export const alarmAfterMs = 10_000;

type Row = { id: string; accountId: string; caseId: string | null; appliedAt: Date };

/** `applying` becomes `active` when every live gate has confirmed. One that does not is written into the case, once. */
export async function confirmApplied(ctx: Ctx): Promise<{ confirmed: number; alarms: number }> {
  const applying = await ctx.db
    .select({
      id: action.id,
      accountId: action.accountId,
      caseId: action.caseId,
      appliedAt: action.appliedAt,
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
  if (row.caseId === null || ctx.now.getTime() - row.appliedAt.getTime() < alarmAfterMs) return 0;
  const [raised] = await ctx.db
    .select({ id: caseEvent.id })
    .from(caseEvent)
    .where(
      and(
        eq(caseEvent.caseId, row.caseId),
        eq(caseEvent.type, "action.unconfirmed"),
        sql`${caseEvent.data}->>'actionId' = ${row.id}`,
      ),
    )
    .limit(1);
  if (raised) return 0;
  const gates = silent.map((gate) => gate.gateId);
  await appendCaseEvent(ctx, row.caseId, "action.unconfirmed", { actionId: row.id, gates });
  return 1;
}

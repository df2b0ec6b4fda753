import { and, asc, eq, inArray, isNotNull, isNull, lte, or, type SQL } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { lockAccountsOf } from "../frame/lock-accounts.ts";
import { applyAction } from "./apply-action.ts";
import { confirmApplied } from "./confirm-applied.ts";
import { transition } from "./transition.ts";
import { windDown } from "./wind-down.ts";

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
  happened: (_input, counts) =>
    Object.values(counts).every((count) => count === 0)
      ? null
      : fact("action.settled", { subjectId: "many", accountId: null }, counts),
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
    .select({ id: action.id, lapsesAt: action.lapsesAt })
    .from(action)
    .where(and(inForce, isNotNull(action.endsAt), lte(action.endsAt, ctx.now)));
  for (const { id, lapsesAt } of ended)
    if (lapsesAt) await transition(ctx, id, "lapse", { reason: words.records.actionNotConfirmed });
    else await transition(ctx, id, "expire");
  return ended.length;
}

async function tellSilent(ctx: Ctx): Promise<number> {
  const due = await ctx.db
    .select({ id: action.id })
    .from(action)
    .where(and(inForce, eq(action.isSilent, true), lte(action.noticeDueAt, ctx.now), isNull(action.endedAt)));
  for (const { id } of due) await transition(ctx, id, "tell");
  return due.length;
}

import { and, eq, inArray, sql } from "drizzle-orm";
import { action } from "#db/schema/enforcement.ts";
import { notifyAccount } from "../facts/outbox.ts";
import { withdrawNotices } from "../facts/withdraw-notices.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { type ActionEvent, actionTransitions, nextActionState } from "../rules/standing/action-machine.ts";
import { actionStates } from "../rules/vocabulary.ts";

type Ending = Extract<ActionEvent, "lift" | "supersede" | "overturn" | "expire">;

/**
 * Ends one action, and only that one, by the machine's table, and tells the gates at commit. Returns false when its state does
 * not allow it any more: somebody else was faster, or its time is over.
 */
export async function endAction(ctx: Ctx, actionId: string, event: Ending, reason: string): Promise<boolean> {
  const from = actionStates.filter((state) => actionTransitions[state][event] !== undefined);
  const state = nextActionState("active", event);
  if (!state) return false;
  const [ended] = await ctx.db
    .update(action)
    .set({
      state,
      // What was over before keeps the time at which it ended.
      endedAt: sql`coalesce(${action.endedAt}, ${ctx.now})`,
      endedByUserId: actorUserId(ctx.actor),
      endReason: reason,
      version: sql`${action.version} + 1`,
    })
    .where(and(eq(action.id, actionId), inArray(action.state, from)))
    .returning({ accountId: action.accountId });
  if (!ended) return false;
  await withdrawNotices(ctx, actionId);
  await notifyAccount(ctx, ended.accountId);
  return true;
}

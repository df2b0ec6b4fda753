import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { command, recordedInRun } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { lockAccountsOf } from "../frame/lock-accounts.ts";
import { scoped } from "../frame/scope.ts";
import { liftColumns, refuseLift } from "./refuse-lift.ts";
import { transition } from "./transition.ts";

/**
 * Ends one action before its time, and only that one. The tokens work again as before, from the next request on; detectors
 * forget what came before, so that the old offence is not punished twice. Returns which actions remain in force.
 */
export const liftAction = command({
  permission: "actions:lift",
  input: z.strictObject({
    actionId: z.uuid(),
    reason: z.string().trim().min(3, deskWords.errors.sayWhyLifted).max(1_000),
  }),
  run: async (ctx, { actionId, reason }) => {
    await lockAccountsOf(ctx, eq(action.id, actionId));
    const [found] = await ctx.db
      .select({ ...liftColumns, accountId: action.accountId, state: action.state })
      .from(action)
      .where(and(eq(action.id, actionId), scoped(ctx, action.accountId)));
    if (!found) throw notFound("action");
    refuseLift(ctx.actor, found, ctx.now);
    if (!(await transition(ctx, actionId, "lift", { reason })))
      throw new AppError("conflict", deskWords.errors.nothingToLift(words.actionStates[found.state].is));
    const remaining = await ctx.db
      .select({ id: action.id, type: action.type })
      .from(action)
      .where(and(eq(action.accountId, found.accountId), inArray(action.state, ["applying", "active"])));
    return { accountId: found.accountId, type: found.type, remaining };
  },
  happened: recordedInRun,
});

import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { moveCase } from "../cases/change-case.ts";
import { actingRole, isAuthor } from "../frame/acting-role.ts";
import { command, recordedInRun } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { lockAccountsOf } from "../frame/lock-accounts.ts";
import { scoped } from "../frame/scope.ts";
import { reconsiderFlags } from "./reconsider-flags.ts";
import { transition } from "./transition.ts";

/** Withdraws an action that is not in force yet: its author, or a lead or admin who will not approve it. */
export const cancelAction = command({
  permission: "actions:impose",
  input: z.strictObject({ actionId: z.uuid(), reason: z.string().trim().min(3, words.errors.sayWhy).max(1_000) }),
  run: async (ctx, { actionId, reason }) => {
    await lockAccountsOf(ctx, eq(action.id, actionId));
    const [found] = await ctx.db
      .select({
        authorUserId: action.authorUserId,
        authorKeyId: action.authorKeyId,
      })
      .from(action)
      .where(and(eq(action.id, actionId), scoped(ctx, action.accountId)));
    if (!found) throw notFound("action");
    const role = ctx.actor.kind === "staff" ? actingRole(ctx.actor) : null;
    if (!isAuthor(ctx.actor, found) && role !== "lead" && role !== "admin")
      throw new AppError("forbidden", deskWords.errors.cancelNotYours);
    const cancelled = await transition(ctx, actionId, "cancel", { reason });
    if (!cancelled) throw new AppError("conflict", deskWords.errors.cancelTooLate);
    if (cancelled.caseId && cancelled.from === "pending_approval")
      await moveCase(ctx, cancelled.caseId, "approval_decided");
    await reconsiderFlags(ctx, actionId);
    return { accountId: cancelled.accountId };
  },
  happened: recordedInRun,
});

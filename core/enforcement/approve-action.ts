import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import { command } from "../define.ts";
import { AppError, notFound } from "../errors.ts";
import { mayApprove } from "../rules/enforcement.ts";
import { scoped } from "../scope.ts";
import { applyAction } from "./apply-action.ts";

/** The second person's yes: the action takes effect from the next request on. Never by its author. */
export const approveAction = command({
  permission: "actions:approve",
  input: z.strictObject({ actionId: z.uuid() }),
  run: async (ctx, { actionId }) => {
    if (ctx.actor.kind !== "staff") throw new AppError("forbidden", "Only staff approve.");
    const [found] = await ctx.db
      .select({
        authorUserId: action.authorUserId,
        state: action.state,
        accountId: action.accountId,
        endsAt: action.endsAt,
      })
      .from(action)
      .where(and(eq(action.id, actionId), scoped(ctx, action.accountId)));
    if (!found) throw notFound("action");
    if (found.state !== "pending_approval")
      throw new AppError("conflict", "This action does not wait for approval any more.");
    const refusal = mayApprove(ctx.actor, found.authorUserId);
    if (refusal) throw new AppError("forbidden", refusal.refused);
    if (found.endsAt && found.endsAt <= ctx.now)
      throw new AppError("conflict", "Its end has passed while it waited. Propose it anew.");
    await applyAction(ctx, actionId, ctx.actor.userId);
    return { accountId: found.accountId };
  },
  audit: (input, { accountId }) => ({
    action: "action.approve",
    subjectKind: "action",
    subjectId: input.actionId,
    accountId,
  }),
});

import { eq, sql } from "drizzle-orm";
import { action } from "#db/schema/enforcement.ts";
import { appendCaseEvent } from "../abuse/timeline.ts";
import type { Ctx } from "../context.ts";
import { AppError, notFound } from "../errors.ts";
import { sendNotice } from "../notices/send-notice.ts";
import { emit, notifyAccount } from "../outbox.ts";
import { nextActionState } from "../rules/action-machine.ts";

/** Puts an action in force at commit: tells the gates, the owner (unless silent), the case and the outside. */
export async function applyAction(ctx: Ctx, actionId: string, approverUserId?: string): Promise<void> {
  const [found] = await ctx.db
    .select({
      state: action.state,
      accountId: action.accountId,
      caseId: action.caseId,
      type: action.type,
      isSilent: action.isSilent,
      endsAt: action.endsAt,
      publicText: action.publicText,
    })
    .from(action)
    .where(eq(action.id, actionId))
    .for("update");
  if (!found) throw notFound("action");
  const state = nextActionState(found.state, "apply");
  if (!state) throw new AppError("conflict", `This action is ${found.state.replaceAll("_", " ")} already.`);
  const standingVersion = await notifyAccount(ctx, found.accountId);
  await ctx.db
    .update(action)
    .set({
      state,
      standingVersion,
      // As late as can be: the confirmation time shown to staff counts from here.
      appliedAt: sql`clock_timestamp()`,
      effectiveAt: ctx.now,
      version: sql`${action.version} + 1`,
      ...(approverUserId === undefined ? {} : { approverUserId }),
    })
    .where(eq(action.id, actionId));
  if (!found.isSilent) await sendNotice(ctx, { ...found, actionId, kind: "action.applied" });
  if (found.caseId) {
    await appendCaseEvent(ctx, found.caseId, "action.applied", {
      actionId,
      type: found.type,
      endsAt: found.endsAt?.toISOString() ?? null,
      isSilent: found.isSilent,
    });
  }
  await emit(ctx, "action.applied", found.accountId, {
    actionId,
    type: found.type,
    endsAt: found.endsAt?.toISOString() ?? null,
  });
}

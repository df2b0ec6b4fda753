import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { action, notice } from "#db/schema/enforcement.ts";
import * as words from "#words/words.ts";
import { transition } from "../enforcement/transition.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { lockAccounts } from "../frame/lock-accounts.ts";
import { scoped } from "../frame/scope.ts";

/** A member says they have read a notice; its banner goes away. An action that is nothing but a notice has done its work then. */
export const acknowledgeNotice = command({
  permission: "notices:acknowledge",
  input: z.strictObject({ noticeId: z.uuid() }),
  run: async (ctx, { noticeId }) => {
    const [named] = await ctx.db
      .select({ accountId: notice.accountId })
      .from(notice)
      .where(and(eq(notice.id, noticeId), scoped(ctx, notice.accountId)));
    if (!named) throw notFound("unread notice");
    await lockAccounts(ctx, [named.accountId]);
    const [read] = await ctx.db
      .update(notice)
      .set({ acknowledgedAt: ctx.now, acknowledgedByUserId: actorUserId(ctx.actor) })
      .where(and(eq(notice.id, noticeId), scoped(ctx, notice.accountId), isNull(notice.acknowledgedAt)))
      .returning({ accountId: notice.accountId, actionId: notice.actionId, kind: notice.kind });
    if (!read) throw notFound("unread notice");
    const of = read.actionId && read.kind === "action.applied" ? await settleNotice(ctx, read.actionId) : null;
    return { accountId: read.accountId, actionId: read.actionId, caseId: of?.caseId ?? null };
  },
  happened: (input, { accountId, actionId, caseId }) =>
    fact("notice.acknowledged", { subjectId: input.noticeId, accountId, caseId }, { actionId }),
});

async function settleNotice(ctx: Ctx, actionId: string) {
  const [found] = await ctx.db
    .select({ type: action.type, caseId: action.caseId })
    .from(action)
    .where(eq(action.id, actionId));
  if (found?.type === "notice") await transition(ctx, actionId, "expire", { reason: words.records.noticeAcknowledged });
  return found;
}

import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { notice } from "#db/schema/enforcement.ts";
import { actorUserId } from "../context.ts";
import { command } from "../define.ts";
import { notFound } from "../errors.ts";
import { scoped } from "../scope.ts";

/** A member says they have read a notice; its banner goes away. */
export const acknowledgeNotice = command({
  permission: "notices:acknowledge",
  input: z.strictObject({ noticeId: z.uuid() }),
  run: async (ctx, { noticeId }) => {
    const [read] = await ctx.db
      .update(notice)
      .set({ acknowledgedAt: ctx.now, acknowledgedByUserId: actorUserId(ctx.actor) })
      .where(and(eq(notice.id, noticeId), scoped(ctx, notice.accountId), isNull(notice.acknowledgedAt)))
      .returning({ accountId: notice.accountId });
    if (!read) throw notFound("unread notice");
    return read;
  },
  audit: (input, { accountId }) => ({
    action: "notice.acknowledge",
    subjectKind: "notice",
    subjectId: input.noticeId,
    accountId,
  }),
});

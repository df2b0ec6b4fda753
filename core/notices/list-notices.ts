import { and, desc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { notice } from "#db/schema/enforcement.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";

/** What a reader sees of a message. */
export const noticeColumns = {
  id: notice.id,
  actionId: notice.actionId,
  kind: notice.kind,
  subject: notice.subject,
  body: notice.body,
  createdAt: notice.createdAt,
  acknowledgedAt: notice.acknowledgedAt,
};

/** Messages to an account, newest first. */
export const listNotices = query({
  permission: "standing:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) =>
    ctx.db
      .select(noticeColumns)
      .from(notice)
      .where(and(eq(notice.accountId, accountOf(ctx, input.accountId)), isNull(notice.withdrawnAt)))
      .orderBy(desc(notice.createdAt), desc(notice.id))
      .limit(100),
});

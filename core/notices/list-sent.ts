import { and, desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { notice } from "#db/schema/enforcement.ts";
import { mail } from "#db/schema/mail.ts";
import { query } from "../frame/define.ts";
import { scoped } from "../frame/scope.ts";
import { emailFor } from "../personal-data/address-for.ts";
import { noticeColumns } from "./list-notices.ts";

/**
 * What an account was told about an action, or about everything, as it was sent: newest first, 50 at most, withdrawn messages too. Each
 * with its mails: to whom (masked), how far, and what the mail server said last.
 */
export const listSent = query({
  permission: "actions:read",
  input: z.strictObject({ accountId: z.uuid(), actionId: z.uuid().optional() }),
  run: async (ctx, { accountId, actionId }) => {
    const notices = await ctx.db
      .select({ ...noticeColumns, withdrawnAt: notice.withdrawnAt })
      .from(notice)
      .where(
        and(
          eq(notice.accountId, accountId),
          scoped(ctx, notice.accountId),
          actionId ? eq(notice.actionId, actionId) : undefined,
        ),
      )
      .orderBy(desc(notice.createdAt), desc(notice.id))
      .limit(50);
    const ids = notices.map((one) => one.id);
    const mails =
      ids.length === 0
        ? []
        : await ctx.db
            .select({
              id: mail.id,
              noticeId: mail.subjectId,
              toAddress: mail.toAddress,
              state: mail.state,
              sentAt: mail.sentAt,
              lastError: mail.lastError,
            })
            .from(mail)
            .where(and(inArray(mail.subjectId, ids), eq(mail.accountId, accountId)))
            .orderBy(mail.createdAt);
    return notices.map((one) => ({
      ...one,
      mails: mails
        .filter(({ noticeId }) => noticeId === one.id)
        .map(({ noticeId: _, toAddress, ...rest }) => ({ ...rest, toAddress: emailFor(ctx.actor, toAddress) })),
    }));
  },
});

export type SentNotice = Awaited<ReturnType<typeof listSent>>[number];

import { and, desc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { mail } from "#db/schema/mail.ts";
import { actorUserId } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { accountOfSession } from "../frame/session-account.ts";

/** The last 100 messages to the person who asks, for when mail does not reach them. Those with one-time links are left out. */
export const listMyMail = query({
  permission: "session:own",
  input: z.strictObject({}),
  run: async (ctx) => {
    const only = await accountOfSession(ctx);
    const isOfSession = only === null ? undefined : eq(mail.accountId, only);
    return ctx.db
      .select({
        id: mail.id,
        kind: mail.kind,
        accountId: mail.accountId,
        subject: mail.subject,
        text: mail.textBody,
        state: mail.state,
        createdAt: mail.createdAt,
        sentAt: mail.sentAt,
      })
      .from(mail)
      .where(and(eq(mail.userId, actorUserId(ctx.actor) ?? ""), isNull(mail.secretUntil), isOfSession))
      .orderBy(desc(mail.createdAt), desc(mail.id))
      .limit(100);
  },
});

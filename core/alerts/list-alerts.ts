import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { alert, alertRule } from "#db/schema/alerts.ts";
import { user } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import { query } from "../frame/define.ts";
import { numberOrText, timeOrText } from "../frame/given-as-text.ts";
import { accountOf } from "../frame/scope.ts";

/** Alerts that went out, newest first, with who has seen each and how far its mail is. */
export const listAlerts = query({
  permission: "alerts:read",
  input: z.strictObject({
    accountId: z.uuid().optional(),
    isUnseen: z.boolean().default(false),
    before: timeOrText().optional(),
    limit: numberOrText(z.number().int().min(1).max(100)).default(50),
  }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const mailsIn = (state: string) =>
      sql<number>`(select count(*) from ${mail} where ${mail.subjectId} = ${alert.id}::text and ${mail.kind} = 'alert'
        and ${mail.accountId} = ${alert.accountId} and ${mail.state} = ${state})::int`;
    return ctx.db
      .select({
        id: alert.id,
        kind: alert.kind,
        subject: alert.subject,
        body: alert.body,
        path: alert.path,
        at: alert.at,
        seenAt: alert.seenAt,
        seenBy: user.name,
        /** The last look found less than the rule's threshold; null = no rule, or not looked at since. */
        isOver: sql<
          boolean | null
        >`case when ${alertRule.seenAt} > ${alert.at} then ${alertRule.seenShare} < ${alertRule.thresholdPercent} / 100.0 end`,
        mailsSent: mailsIn("sent"),
        mailsWaiting: mailsIn("waiting"),
        mailsKept: mailsIn("kept"),
      })
      .from(alert)
      .leftJoin(user, eq(user.id, alert.seenByUserId))
      .leftJoin(alertRule, eq(alertRule.id, alert.ruleId))
      .where(
        and(
          eq(alert.accountId, accountId),
          input.isUnseen ? isNull(alert.seenAt) : undefined,
          input.before ? lt(alert.at, input.before) : undefined,
        ),
      )
      .orderBy(desc(alert.at), desc(alert.id))
      .limit(input.limit);
  },
});

export type AlertRow = Awaited<ReturnType<typeof listAlerts>>[number];

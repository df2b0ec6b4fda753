import { and, eq, isNull } from "drizzle-orm";
import { account, member } from "#db/schema/accounts.ts";
import { alert } from "#db/schema/alerts.ts";
import { user } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import type { Fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { notFound } from "../frame/errors.ts";
import { record } from "../frame/record.ts";
import { mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import type { AlertMessageKind } from "../rules/vocabulary.ts";
import { publicUrl } from "../runtime/env.ts";

type Message = {
  accountId: string;
  ruleId?: string;
  kind: AlertMessageKind;
  subject: string;
  body: string;
  /** Page of the account that shows it, like `/limits`. */
  path: string;
  /** Whose mail it is, by the wishes of each member; null = it is not mailed. */
  mails: "alerts" | "tokens" | null;
  /** What it says to webhooks, once the alert has its id; nothing unless given. */
  fact?: (alertId: string) => Fact;
};

/** Writes an alert where the account's members see it, and to those who want it by mail. In the transaction of its cause. */
export async function sendAlert(ctx: Ctx, message: Message): Promise<{ alertId: string; mailed: number }> {
  const { accountId, ruleId, kind, subject, body, path, mails } = message;
  const [of] = await ctx.db
    .select({ name: account.name, slug: account.slug })
    .from(account)
    .where(eq(account.id, accountId));
  if (!of) throw notFound("account");
  const [made] = await ctx.db
    .insert(alert)
    .values({ accountId, ruleId: ruleId ?? null, kind, subject, body, path, at: ctx.now })
    .returning({ id: alert.id });
  if (!made) throw new Error("The alert row was not written.");
  const wanted = { alerts: member.mailsAlerts, tokens: member.mailsTokens };
  const people = mails
    ? await ctx.db
        .select({ userId: user.id, email: user.email })
        .from(member)
        .innerJoin(user, and(eq(user.id, member.userId), isNull(user.disabledAt)))
        .where(and(eq(member.accountId, accountId), eq(wanted[mails], true)))
    : [];
  for (const { userId, email } of people) {
    await queueMail(ctx, {
      kind: "alert",
      to: { address: email, userId },
      accountId,
      subjectId: made.id,
      content: mailContent(
        words.alertMail({ accountName: of.name, subject, body }),
        new URL(`/a/${of.slug}${path}`, publicUrl()).href,
      ),
    });
  }
  if (message.fact) await record(ctx, message.fact(made.id));
  return { alertId: made.id, mailed: people.length };
}

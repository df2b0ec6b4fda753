import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { token, tokenReminder } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { sendAlert } from "../alerts/send-alert.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { reminderDue } from "../rules/tokens/token-expiry.ts";

/** Tells the members that a token ends soon, once 7 days and once 1 day before. Returns the span told of, null = none is due. */
export const remindOfExpiry = command({
  permission: "tokens:remind",
  input: z.strictObject({ tokenId: z.uuid() }),
  run: async (ctx, { tokenId }) => {
    const [found] = await ctx.db
      .select({
        accountId: token.accountId,
        name: token.name,
        expiresAt: token.expiresAt,
        closedAt: account.closedAt,
      })
      .from(token)
      .innerJoin(account, eq(account.id, token.accountId))
      .where(and(eq(token.id, tokenId), scoped(ctx, token.accountId), isNull(token.revokedAt)))
      .for("update", { of: token });
    if (!found) throw notFound("token");
    const { accountId, name, expiresAt, closedAt } = found;
    // Nobody is to extend a token of an account that is closed.
    if (!expiresAt || closedAt) return { tokenId, accountId, days: null };
    const sent = await ctx.db
      .select({ days: tokenReminder.daysBefore })
      .from(tokenReminder)
      .where(and(eq(tokenReminder.tokenId, tokenId), eq(tokenReminder.expiresAt, expiresAt)));
    const days = reminderDue(
      expiresAt,
      ctx.now,
      sent.map((row) => row.days),
    );
    if (days === null) return { tokenId, accountId, days };
    await ctx.db.insert(tokenReminder).values({ tokenId, expiresAt, daysBefore: days, sentAt: ctx.now });
    const { subject, body } = words.tokenExpiring({ name, days, expiresAt });
    await sendAlert(ctx, {
      accountId,
      kind: "token_expiry",
      subject,
      body,
      path: `/tokens/${tokenId}`,
      mails: "tokens",
      fact: (alertId) =>
        fact(
          "token.expiring",
          { subjectId: tokenId, accountId },
          { alertId, subject, name, expiresAt: expiresAt.toISOString() },
        ),
    });
    return { tokenId, accountId, days };
  },
  happened: (_input, { tokenId, accountId, days }) =>
    days === null ? null : fact("token.reminded", { subjectId: tokenId, accountId }, { daysBefore: days }),
});

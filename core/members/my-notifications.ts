import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { member } from "#db/schema/accounts.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { accountOf } from "../frame/scope.ts";

/** What the signed-in member gets by mail of this account, besides notices of the provider. */
export const getMyNotifications = query({
  permission: "notifications:own",
  input: z.strictObject({}),
  run: async (ctx) => {
    const [found] = await ctx.db
      .select({ mailsAlerts: member.mailsAlerts, mailsTokens: member.mailsTokens })
      .from(member)
      .where(and(eq(member.accountId, accountOf(ctx, undefined)), eq(member.userId, actorUserId(ctx.actor) ?? "")));
    if (!found) throw notFound("member");
    return found;
  },
});

const flag = z.union([z.boolean(), z.literal("1").transform(() => true)]).default(false);

/** Chooses it. What is left out is off. */
export const setMyNotifications = command({
  permission: "notifications:own",
  input: z.strictObject({ mailsAlerts: flag, mailsTokens: flag }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, undefined);
    const userId = actorUserId(ctx.actor) ?? "";
    const [changed] = await ctx.db
      .update(member)
      .set(input)
      .where(and(eq(member.accountId, accountId), eq(member.userId, userId)))
      .returning({ userId: member.userId });
    if (!changed) throw notFound("member");
    return { accountId, userId };
  },
  happened: (input, { accountId, userId }) => fact("member.mail_chosen", { subjectId: userId, accountId }, input),
});

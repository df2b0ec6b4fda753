import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { isProtectedFrom } from "../enforcement/protection.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { lockAccounts } from "../frame/lock-accounts.ts";
import { record } from "../frame/record.ts";
import { mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { publicUrl } from "../runtime/env.ts";

/** `reason` is what the account's owners read. */
const input = z.strictObject({ accountId: z.uuid(), reason: z.string().trim().min(1, words.errors.sayWhy).max(500) });

/**
 * Closes an account: its tokens are refused from the next request on, its people read and export and change nothing. It is no measure and
 * changes no token, so reopening restores exactly what was. Repeat-safe. A protected account is not one person's to close.
 */
export const closeAccount = command({
  permission: "accounts:close",
  needsProof: true,
  input,
  run: async (ctx, { accountId, reason }) => {
    const found = await lockedAccount(ctx, accountId);
    if (found.closedAt) return { closedAt: found.closedAt, isChanged: false };
    if (await isProtectedFrom(ctx, accountId)) throw new AppError("conflict", deskWords.errors.closeProtected);
    await ctx.db.update(account).set({ closedAt: ctx.now, closedReason: reason }).where(eq(account.id, accountId));
    await record(ctx, fact("account.closed", { subjectId: accountId, accountId }, { reason }));
    await mailOwners(ctx, accountId, { accountName: found.name, isClosed: true, reason }, found.slug);
    return { closedAt: ctx.now, isChanged: true };
  },
  // It records itself what it changes; closing what is closed is no change.
  happened: () => null,
});

/** Opens a closed account again. Repeat-safe. */
export const reopenAccount = command({
  permission: "accounts:close",
  needsProof: true,
  input,
  run: async (ctx, { accountId, reason }) => {
    const found = await lockedAccount(ctx, accountId);
    if (found.erasedAt) throw new AppError("conflict", deskWords.errors.accountIsErased);
    if (!found.closedAt) return { closedAt: null, isChanged: false };
    await ctx.db.update(account).set({ closedAt: null, closedReason: null }).where(eq(account.id, accountId));
    await record(ctx, fact("account.reopened", { subjectId: accountId, accountId }, { reason }));
    await mailOwners(ctx, accountId, { accountName: found.name, isClosed: false, reason }, found.slug);
    return { closedAt: null, isChanged: true };
  },
  happened: () => null,
});

async function lockedAccount(ctx: Ctx, accountId: string) {
  await lockAccounts(ctx, [accountId]);
  const [found] = await ctx.db
    .select({ name: account.name, slug: account.slug, closedAt: account.closedAt, erasedAt: account.erasedAt })
    .from(account)
    .where(eq(account.id, accountId));
  if (!found) throw notFound("account");
  return found;
}

type Said = Parameters<typeof words.accountClosedMail>[0];

async function mailOwners(ctx: Ctx, accountId: string, said: Said, slug: string): Promise<void> {
  const owners = await ctx.db
    .select({ userId: user.id, address: user.email })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.accountId, accountId), eq(member.role, "owner")));
  const content = mailContent(words.accountClosedMail(said), new URL(`/a/${slug}/settings`, publicUrl()).href);
  for (const to of owners)
    await queueMail(ctx, { kind: "account_closed", to, accountId, subjectId: accountId, content });
}

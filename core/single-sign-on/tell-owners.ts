import { and, eq, isNull } from "drizzle-orm";
import { account, member } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { publicUrl } from "../runtime/env.ts";

/** Tells an account's owners by mail what became of their domain. */
export async function tellOwners(ctx: Ctx, accountId: string, change: words.DomainChange): Promise<void> {
  const owners = await ctx.db
    .select({ userId: user.id, address: user.email, accountName: account.name, slug: account.slug })
    .from(member)
    .innerJoin(user, and(eq(user.id, member.userId), isNull(user.disabledAt)))
    .innerJoin(account, eq(account.id, member.accountId))
    .where(and(eq(member.accountId, accountId), eq(member.role, "owner")));
  for (const { accountName, slug, ...to } of owners) {
    const content = mailContent(
      words.domainMail(change, { accountName, at: ctx.now }),
      new URL(`/a/${slug}/settings`, publicUrl()).href,
    );
    await queueMail(ctx, { kind: "account_domain", to, accountId, content });
  }
}

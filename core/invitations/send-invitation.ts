import { and, count, eq, gt, isNull } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import { mail } from "#db/schema/mail.ts";
import * as words from "#words/words.ts";
import { atMost } from "../frame/at-most.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { dayMs } from "../rules/time.ts";
import { hasMailServer, publicUrl } from "../runtime/env.ts";
import { invitationPath } from "./invitation-path.ts";

/** Messages a day that invitations of one account, or of the staff, may cause: to one address, and in all. */
const mostPerDay = { address: 5, all: 200 };

export type Invited = { id: string; email: string; role: string; accountId: string | null };
export type OneTimeLink = { secret: string; expiresAt: Date };

/** How the link gets to its person. `secret` is null where it was mailed: then only the mailbox has it. */
export type Handover = { secret: string | null; sentTo: string | null; expiresAt: Date };

/** Mails the link of an invitation to its address. Without a mail server whoever invites hands it over, and gets its secret. */
export async function sendInvitation(
  ctx: Ctx,
  invited: Invited,
  { secret, expiresAt }: OneTimeLink,
): Promise<Handover> {
  if (!hasMailServer()) return { secret, sentTo: null, expiresAt };
  const { id, email, role, accountId } = invited;
  await refuseFlood(ctx, accountId, email);
  const [place] =
    accountId === null
      ? []
      : await ctx.db.select({ name: account.name }).from(account).where(eq(account.id, accountId));
  await queueMail(ctx, {
    kind: "invitation",
    to: { address: email, userId: null },
    accountId,
    subjectId: id,
    secretUntil: expiresAt,
    content: mailContent(
      words.invitationMail({ email, role, accountName: place?.name ?? null, expiresAt }),
      new URL(invitationPath(secret), publicUrl()).href,
    ),
  });
  return { secret: null, sentTo: email, expiresAt };
}

/** The product writes to strangers in the name of a customer here, so a customer cannot make it a source of unwanted mail. */
async function refuseFlood(ctx: Ctx, accountId: string | null, email: string): Promise<void> {
  const sent = and(
    eq(mail.kind, "invitation"),
    accountId === null ? isNull(mail.accountId) : eq(mail.accountId, accountId),
    gt(mail.createdAt, new Date(ctx.now.getTime() - dayMs)),
  );
  const countOf = async (which = sent) => (await ctx.db.select({ n: count() }).from(mail).where(which))[0]?.n ?? 0;
  const what = "invitation mail";
  await atMost(ctx, {
    ...{ accountId, what, most: mostPerDay.all, count: () => countOf() },
    refusal: new AppError("throttled", words.errors.tooManyInvitations(mostPerDay.all)),
  });
  await atMost(ctx, {
    ...{ accountId, what, most: mostPerDay.address, count: () => countOf(and(sent, eq(mail.toAddress, email))) },
    refusal: new AppError("throttled", words.errors.invitedOften(email, mostPerDay.address)),
  });
}

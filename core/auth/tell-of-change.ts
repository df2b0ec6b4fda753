import { and, eq, isNull } from "drizzle-orm";
import { staffMember, user } from "#db/schema/auth.ts";
import type { SignInChange, SingleSignOnChange } from "#words/words.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { publicUrl } from "../runtime/env.ts";

/** Tells every admin what happened to single sign-on, and where it is of one account, keeps the message with its data. */
export async function tellAdmins(
  ctx: Ctx,
  change: SingleSignOnChange,
  { accountId }: { accountId: string | null } = { accountId: null },
): Promise<void> {
  const admins = await ctx.db
    .select({ userId: user.id, email: user.email })
    .from(staffMember)
    .innerJoin(user, and(eq(user.id, staffMember.userId), isNull(user.disabledAt)))
    .where(and(eq(staffMember.role, "admin"), isNull(staffMember.endedAt)));
  const content = mailContent(
    words.singleSignOnMail(change, { at: ctx.now, ip: ctx.ip }),
    new URL("/staff/single-sign-on", publicUrl()).href,
  );
  for (const { email, userId } of admins)
    await queueMail(ctx, { kind: "single_sign_on", to: { address: email, userId }, accountId, content });
}

type Person = { userId: string; email: string };

/** Tells a person by mail that something about how they sign in has changed, in case it was not them. */
export async function tellOfChange(ctx: Ctx, { userId, email }: Person, change: SignInChange): Promise<void> {
  await queueMail(ctx, {
    kind: "sign_in_changed",
    to: { address: email, userId },
    content: mailContent(
      words.signInChangedMail(change, { at: ctx.now, ip: ctx.ip }),
      new URL("/me", publicUrl()).href,
    ),
  });
}

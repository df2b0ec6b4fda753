import type { SignInChange } from "#words/words.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { publicUrl } from "../runtime/env.ts";

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

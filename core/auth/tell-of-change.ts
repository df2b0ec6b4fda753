import * as format from "#words/format.ts";
import type { Ctx } from "../frame/context.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { publicUrl } from "../runtime/env.ts";

type Person = { userId: string; email: string };

/** Tells a person by mail that something about how they sign in has changed, in case it was not them. */
export async function tellOfChange(ctx: Ctx, { userId, email }: Person, what: string): Promise<void> {
  await queueMail(ctx, {
    kind: "sign_in_changed",
    to: { address: email, userId },
    content: {
      subject: "Your sign-in was changed",
      paragraphs: [what, "If this was not you, set a new password at once and tell an owner of your account."],
      facts: [
        ["When", format.utc(ctx.now, "long")],
        ["From", ctx.ip ?? "an unknown address"],
      ],
      link: { label: "Open your sign-in settings", url: new URL("/me", publicUrl()).href },
      footer: "Everybody gets this message when their own sign-in changes; it cannot be switched off.",
    },
  });
}

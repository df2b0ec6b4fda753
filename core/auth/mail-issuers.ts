import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { publicUrl } from "../runtime/env.ts";
import { startPath } from "./issuer-path.ts";
import type { OnlyWay } from "./only-through.ts";

/** Leads a person who asked for a reset or a link to the issuers that are their only way in. Only they read it. */
export async function mailIssuers(ctx: Ctx, userId: string, address: string, ways: readonly OnlyWay[]): Promise<void> {
  const [only, ...more] = ways;
  // With several, they choose on the sign-in page.
  const path = only && more.length === 0 ? startPath(only.id) : "/sign-in/company";
  await queueMail(ctx, {
    kind: "issuer_instead",
    to: { address, userId },
    content: mailContent(
      words.issuerInsteadMail({ email: address, names: ways.map(({ name }) => name) }),
      new URL(path, publicUrl()).href,
    ),
  });
}

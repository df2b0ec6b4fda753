import { z } from "zod";
import { invitation } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import { newLinkSecret } from "../auth/link-secret.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { hourMs } from "../rules/time.ts";
import { hasMailServer } from "../runtime/env.ts";
import { sendInvitation } from "./send-invitation.ts";

const validHours = 24;

/**
 * Invites an admin from the machine itself, whether or not there is one: the way back in when every admin is locked out. The link is
 * mailed. With `isPrinted`, or without a mail server, its secret is returned, once: then the operator vouches for who gets it.
 */
export const inviteAdmin = command({
  permission: "setup:link",
  input: z.strictObject({
    email: z.string().trim().toLowerCase().pipe(z.email(words.errors.enterEmailLike)),
    isPrinted: z.boolean().default(false),
  }),
  run: async (ctx, { email, isPrinted }) => {
    const { secret, secretHash } = newLinkSecret();
    const expiresAt = new Date(ctx.now.getTime() + validHours * hourMs);
    const isMailed = hasMailServer() && !isPrinted;
    const invited = { kind: "staff" as const, role: "admin", email, accountId: null };
    const [made] = await ctx.db
      .insert(invitation)
      .values({ ...invited, secretHash, provenBy: isMailed ? "mail" : "operator", createdAt: ctx.now, expiresAt })
      .returning({ id: invitation.id });
    if (!made) throw new Error("The invitation row was not written.");
    if (!isMailed) return { id: made.id, secret, sentTo: null, expiresAt };
    return { id: made.id, ...(await sendInvitation(ctx, { id: made.id, ...invited }, { secret, expiresAt })) };
  },
  happened: (input, result) =>
    fact(
      "staff.invited",
      { subjectId: result.id, accountId: null },
      { email: input.email, role: "admin", isMailed: result.sentTo !== null },
    ),
});

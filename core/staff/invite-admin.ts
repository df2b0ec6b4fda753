import { z } from "zod";
import { invitation } from "#db/schema/auth.ts";
import { newLinkSecret } from "../auth/link-secret.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { hourMs } from "../rules/time.ts";

const validHours = 24;

/**
 * Invites an admin from the machine itself, whether or not there is one: the way back in when every admin is locked out.
 * Returns the link's secret, once.
 */
export const inviteAdmin = command({
  permission: "setup:link",
  input: z.strictObject({
    email: z.string().trim().toLowerCase().pipe(z.email("Enter an e-mail address, like mia@example.com.")),
  }),
  run: async (ctx, { email }) => {
    const { secret, secretHash } = newLinkSecret();
    const expiresAt = new Date(ctx.now.getTime() + validHours * hourMs);
    const [made] = await ctx.db
      .insert(invitation)
      .values({ kind: "staff", role: "admin", email, secretHash, createdAt: ctx.now, expiresAt })
      .returning({ id: invitation.id });
    if (!made) throw new Error("The invitation row was not written.");
    return { id: made.id, secret, expiresAt };
  },
  happened: (input, result) =>
    fact("staff.invited", { subjectId: result.id, accountId: null }, { email: input.email, role: "admin" }),
});

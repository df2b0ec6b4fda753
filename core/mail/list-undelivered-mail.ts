import { and, desc, inArray } from "drizzle-orm";
import { z } from "zod";
import { mail } from "#db/schema/mail.ts";
import { query } from "../define.ts";
import { scoped } from "../scope.ts";

/** The last 100 messages that did not arrive, with the reason. Addresses and subjects only: the text is the recipient's. */
export const listUndeliveredMail = query({
  permission: "mail:read",
  input: z.strictObject({}),
  run: (ctx) =>
    ctx.db
      .select({
        id: mail.id,
        kind: mail.kind,
        accountId: mail.accountId,
        toAddress: mail.toAddress,
        subject: mail.subject,
        state: mail.state,
        attempts: mail.attempts,
        lastError: mail.lastError,
        createdAt: mail.createdAt,
      })
      .from(mail)
      .where(and(inArray(mail.state, ["failed", "kept"]), scoped(ctx, mail.accountId)))
      .orderBy(desc(mail.createdAt), desc(mail.id))
      .limit(100),
});

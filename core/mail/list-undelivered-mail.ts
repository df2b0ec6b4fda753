import { and, desc, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import { z } from "zod";
import { mail } from "#db/schema/mail.ts";
import { query } from "../frame/define.ts";
import { scoped } from "../frame/scope.ts";
import { emailFor } from "../personal-data/address-for.ts";

/**
 * The last 100 messages that did not arrive, with the reason, and those that are being tried again after a failure. Masked addresses
 * and subjects only: the text is the recipient's.
 */
export const listUndeliveredMail = query({
  permission: "mail:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const rows = await ctx.db
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
        /** Its one-time link is over, so sending it again would help nobody. */
        isOver: sql<boolean>`${mail.textBody} is null`,
      })
      .from(mail)
      .where(
        and(
          or(inArray(mail.state, ["failed", "kept"]), and(eq(mail.state, "waiting"), isNotNull(mail.lastError))),
          scoped(ctx, mail.accountId),
        ),
      )
      .orderBy(desc(mail.createdAt), desc(mail.id))
      .limit(100);
    return rows.map((row) => {
      const toAddress = emailFor(ctx.actor, row.toAddress);
      // Mail servers repeat the address in what they answer.
      return { ...row, toAddress, lastError: row.lastError?.replaceAll(row.toAddress, toAddress) ?? null };
    });
  },
});

import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { mailIntake } from "#db/schema/mail-intake.ts";
import { query } from "../frame/define.ts";
import { emailFor } from "../personal-data/address-for.ts";

/** Messages to the report mailbox that became no report, with the reason, the newest first, 100 at most. Senders are masked. */
export const listRefusedMail = query({
  permission: "reports:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const rows = await ctx.db
      .select({
        id: mailIntake.id,
        door: mailIntake.door,
        refusal: mailIntake.refusal,
        fromAddress: mailIntake.fromAddress,
        subject: mailIntake.subject,
        sizeBytes: mailIntake.sizeBytes,
        receivedAt: mailIntake.receivedAt,
      })
      .from(mailIntake)
      .where(eq(mailIntake.state, "refused"))
      .orderBy(desc(mailIntake.receivedAt), desc(mailIntake.id))
      .limit(100);
    return rows.map(({ fromAddress, ...row }) => ({
      ...row,
      maskedSender: fromAddress === null ? null : emailFor(ctx.actor, fromAddress),
    }));
  },
});

export type RefusedMail = Awaited<ReturnType<typeof listRefusedMail>>[number];

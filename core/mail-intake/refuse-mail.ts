import { sql } from "drizzle-orm";
import { z } from "zod";
import { mailIntake } from "#db/schema/mail-intake.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { intakeDoors, intakeRefusals } from "../rules/vocabulary-intake.ts";

/** Keeps that a message could not be read and why, once for each; the message itself stays where it is. */
export const refuseMail = command({
  permission: "mail:take",
  input: z.strictObject({
    door: z.enum(intakeDoors),
    sizeBytes: z.number().int().min(0),
    /** SHA-256 of the whole message, hex; of what names it in its mailbox where it is too large to be read. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    refusal: z.enum(intakeRefusals),
  }),
  run: async (ctx, { door, sizeBytes, digest, refusal }) => {
    const values = { digest: Buffer.from(digest, "hex"), door, sizeBytes, refusal, receivedAt: ctx.now };
    await ctx.db
      .insert(mailIntake)
      .values({ ...values, state: "refused" })
      .onConflictDoUpdate({
        target: mailIntake.digest,
        set: { refusal, receivedAt: ctx.now },
        setWhere: sql`${mailIntake.state} = 'refused'`,
      });
  },
  happened: ({ digest, refusal }) => fact("report_mail.refused", { subjectId: digest, accountId: null }, { refusal }),
});

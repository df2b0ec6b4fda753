import { and, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { report } from "#db/schema/abuse.ts";
import { mailIntake } from "#db/schema/mail-intake.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { countComplaints } from "../reports/count-complaints.ts";
import { accountsOfClues } from "../reports/find-accounts.ts";
import { writeToReporter } from "../reports/write-to-reporter.ts";
import { cluesIn, isSure } from "../rules/cases/report-clues.ts";
import { isDeliveryReport, mayBeAnswered } from "../rules/mail-intake/auto-reply.ts";
import { perSender } from "../rules/mail-intake/bounds.ts";
import { tracesIn } from "../rules/mail-intake/sender-trace.ts";
import { isTrustedFeedback } from "../rules/mail-intake/trusted-feedback.ts";
import { type IntakeRefusal, intakeDoors } from "../rules/vocabulary-intake.ts";
import type { IntakeSettings } from "./intake-settings.ts";
import { type ParsedMail, parsedMail } from "./parsed-mail.ts";

const settingsSchema = z.custom<IntakeSettings>((value) => typeof value === "object" && value !== null);

/**
 * Makes a report of a message that was read, once however often it comes. Its account is the one that its headers name for sure; a person
 * confirms whatever is only a hint. A feedback report counts as complaints at once where its sender is trusted, otherwise when staff
 * add it to the case. Whoever wrote by hand is written that it has arrived, within the bounds of such mail.
 */
export const recordMail = command({
  permission: "mail:take",
  input: z.strictObject({
    door: z.enum(intakeDoors),
    sizeBytes: z.number().int().min(0),
    mail: parsedMail,
    settings: settingsSchema,
  }),
  run: async (ctx, { door, sizeBytes, mail, settings }) => {
    const isTrusted = isTrustedFeedback(domainOf(mail.fromAddress), mail.authenticationResults, settings.trust);
    const seen = {
      ...{ digest: Buffer.from(mail.digest, "hex"), door, sizeBytes },
      ...{ fromAddress: mail.fromAddress, subject: mail.subject || null, receivedAt: ctx.now },
    };
    // Whoever comes second waits here for the first to commit, and finds its row.
    const [fresh] = await ctx.db
      .insert(mailIntake)
      .values({ ...seen, state: "taken" })
      .onConflictDoNothing()
      .returning({ id: mailIntake.id });
    const intakeId = fresh?.id ?? (await refusedBefore(ctx, seen.digest));
    if (intakeId === null) return { state: "repeated" as const, reportId: null, accountId: null, refusal: null };
    const refusal = refusalOf(mail, settings) ?? (await tooMany(ctx, mail, isTrusted, intakeId));
    if (refusal) {
      await ctx.db
        .update(mailIntake)
        .set({ ...seen, state: "refused", refusal })
        .where(eq(mailIntake.id, intakeId));
      return { state: "refused" as const, reportId: null, accountId: null, refusal };
    }
    const made = await makeReport(ctx, mail, isTrusted);
    await ctx.db
      .update(mailIntake)
      .set({ ...seen, state: "taken", refusal: null, reportId: made.reportId })
      .where(eq(mailIntake.id, intakeId));
    return { state: "taken" as const, refusal: null, ...made };
  },
  happened: ({ mail }, { state, reportId, accountId, refusal }) => {
    if (state === "taken" && reportId)
      return fact(
        "report.received",
        { subjectId: reportId, accountId },
        { kind: "abuse", source: mail.feedback ? "feedback_loop" : "mail" },
      );
    return refusal === null
      ? null
      : fact("report_mail.refused", { subjectId: mail.digest, accountId: null }, { refusal });
  },
});

/** A message that was refused can be tried again, as when it was moved back into the mailbox. Null = it became a report before. */
async function refusedBefore(ctx: Ctx, digest: Buffer): Promise<string | null> {
  const [before] = await ctx.db
    .select({ id: mailIntake.id, state: mailIntake.state })
    .from(mailIntake)
    .where(eq(mailIntake.digest, digest))
    .for("update");
  return before?.state === "refused" ? before.id : null;
}

function refusalOf(mail: ParsedMail, { ownAddresses, ownHost }: IntakeSettings): IntakeRefusal | null {
  const isOwn =
    (mail.fromAddress !== null && ownAddresses.includes(mail.fromAddress)) ||
    (mail.messageId !== null && /^<[0-9a-f-]{36}@/.test(mail.messageId) && mail.messageId.endsWith(`@${ownHost}>`));
  if (isOwn) return "from_ourselves";
  if (isDeliveryReport(mail.sentBy.contentType)) return "delivery_report";
  return mail.text === "" && mail.evidence === "" && mail.subject === "" ? "empty" : null;
}

async function tooMany(
  ctx: Ctx,
  mail: ParsedMail,
  isTrusted: boolean,
  intakeId: string,
): Promise<IntakeRefusal | null> {
  if (isTrusted || mail.fromAddress === null) return null;
  const recent = await ctx.db
    .select({ id: mailIntake.id })
    .from(mailIntake)
    .where(
      and(
        eq(mailIntake.fromAddress, mail.fromAddress),
        eq(mailIntake.state, "taken"),
        gt(mailIntake.receivedAt, new Date(ctx.now.getTime() - perSender.windowMs)),
      ),
    )
    .limit(perSender.most + 1);
  return recent.filter(({ id }) => id !== intakeId).length >= perSender.most ? "too_many_of_sender" : null;
}

async function makeReport(ctx: Ctx, mail: ParsedMail, isTrusted: boolean) {
  const { feedback, fromAddress } = mail;
  const traces =
    mail.reportedHeaders === "" && !feedback
      ? cluesIn(mail.subject, mail.text)
      : tracesIn(mail.reportedHeaders, feedback);
  // A name in a subject that anybody wrote is a hint; a mark in the headers of the reported message is ours.
  const names = mail.reportedHeaders === "" ? [] : traces.names;
  const sure = (await accountsOfClues(ctx, { ...traces, names, domains: [], tokenEndings: [] })).filter((one) =>
    isSure(one.kind),
  );
  const accountId = sure.length === 1 ? (sure[0]?.accountId ?? null) : null;
  const complaints = feedback && feedback.type !== "not-spam" ? feedback.incidents : 0;
  const isCounted = isTrusted && accountId !== null && complaints > 0;
  const [made] = await ctx.db
    .insert(report)
    .values({
      ...{ kind: "abuse", state: "new", source: feedback ? "feedback_loop" : "mail" },
      about: feedback
        ? deskWords.records.feedbackAbout(feedback.type, mail.subject)
        : mail.subject || deskWords.records.noSubject,
      body: mail.text || deskWords.records.noText,
      reporterName: mail.fromName,
      // Nobody reads what is written to a feedback loop.
      reporterEmail: feedback ? null : fromAddress,
      ...{ accountId, complaints, complaintsCountedAt: isCounted ? ctx.now : null },
      evidence: mail.evidence || null,
      attachments: mail.attachments,
      createdAt: ctx.now,
    })
    .returning({ id: report.id });
  if (!made) throw new Error("The report row was not written.");
  const reportId = made.id;
  if (isCounted) await countComplaints(ctx, { reportId, accountId, complaints });
  if (
    !feedback &&
    fromAddress !== null &&
    mayBeAnswered({ ...mail.sentBy, from: fromAddress }) &&
    isAddress(fromAddress)
  ) {
    const content = words.reportArrivedMail({ reference: reportId, at: ctx.now });
    await writeToReporter(ctx, "acknowledgement", { reportId, email: fromAddress, ip: null }, content);
  }
  return { reportId, accountId };
}

const isAddress = (text: string) => z.email().safeParse(text).success;

function domainOf(address: string | null): string | null {
  return address?.split("@").at(-1)?.toLowerCase() ?? null;
}

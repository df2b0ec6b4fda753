import { z } from "zod";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { namedInAnswer, reportAnswers } from "../rules/cases/reporter-mail.ts";
import { moveReport } from "./move-report.ts";
import { namesOf } from "./suggest-accounts.ts";
import { writeToReporter } from "./write-to-reporter.ts";

/**
 * Closes a report with what came of it, for staff, and with an answer for the reporter if they left an address: a template, or its text
 * as edited. An answer does not say whose account it was. Without an answer the reporter hears nothing.
 */
export const closeReport = command({
  permission: "reports:work",
  input: z.strictObject({
    reportId: z.uuid(),
    version: numberOrText(z.number().int()),
    outcome: z.string(deskWords.errors.sayOutcome).trim().min(3, deskWords.errors.sayOutcome).max(1_000),
    answer: z.enum([...reportAnswers, "none"]).default("none"),
    /** Instead of the template's. */
    answerText: z.string().trim().min(10, deskWords.errors.answerTooShort).max(4_000).optional(),
  }),
  run: async (ctx, { outcome, answer, answerText, ...seen }) => {
    const text = answer === "none" ? null : (answerText ?? deskWords.reportAnswers[answer].text);
    const change = { outcome, answer: text, closedAt: ctx.now };
    const { reporterEmail, createdAt, ...moved } = await moveReport(ctx, seen, "close", change);
    if (text === null) {
      if (answerText !== undefined) throw invalid("answer", deskWords.errors.chooseAnswer);
      return { ...moved, isAnswered: false };
    }
    if (reporterEmail === null) throw invalid("answer", deskWords.errors.noReporterAddress);
    const named = moved.accountId === null ? null : namedInAnswer(text, await namesOf(ctx, moved.accountId));
    if (named !== null) throw invalid("answerText", deskWords.errors.answerNames(named));
    const content = words.reportAnsweredMail({ reference: seen.reportId, at: createdAt, text });
    const to = { reportId: seen.reportId, email: reporterEmail, ip: moved.ip };
    const broken = await writeToReporter(ctx, "answer", to, content);
    if (broken !== null) throw new AppError("conflict", deskWords.errors.reporterMailBound(broken));
    return { ...moved, isAnswered: true };
  },
  happened: ({ reportId, outcome }, { accountId, caseId, isAnswered }) =>
    fact("report.closed", { subjectId: reportId, accountId, caseId }, { outcome, isAnswered }),
});

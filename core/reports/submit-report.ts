import { z } from "zod";
import { report } from "#db/schema/abuse.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { limitReports } from "../leaks/limit-reports.ts";
import { cluesIn } from "../rules/cases/report-clues.ts";
import { reportKinds } from "../rules/vocabulary.ts";
import { accountOfReceipt } from "../usage/account-of-receipt.ts";
import { writeToReporter } from "./write-to-reporter.ts";

const prose = (least: string, most: number) => z.string(least).trim().min(10, least).max(most);

/**
 * Anybody reports abuse of the API, or a weakness in it. Staff read it; a receipt in it names the account by itself. Nothing that a
 * reporter writes acts on anybody. Who leaves an address is written that the report has arrived, within the bounds of such mail.
 */
export const submitReport = command({
  permission: "reports:submit",
  input: z.strictObject({
    kind: z.enum(reportKinds),
    about: z.string(words.errors.sayAbout).trim().min(3, words.errors.sayAbout).max(500),
    body: prose(words.errors.sayWhatHappened, 10_000),
    reporterName: z.string().trim().max(100).optional(),
    reporterEmail: z.string().trim().toLowerCase().pipe(z.email(words.errors.enterEmailOrNothing)).optional(),
  }),
  run: async (ctx, input) => {
    limitReports(ctx);
    const accountId = await accountOfFirstReceipt(ctx, input);
    const [made] = await ctx.db
      .insert(report)
      .values({
        ...input,
        reporterName: input.reporterName ?? null,
        reporterEmail: input.reporterEmail ?? null,
        state: "new",
        ip: ctx.ip,
        accountId,
        createdAt: ctx.now,
      })
      .returning({ id: report.id });
    if (!made) throw new Error("The report row was not written.");
    if (input.reporterEmail !== undefined) {
      const to = { reportId: made.id, email: input.reporterEmail, ip: ctx.ip };
      await writeToReporter(ctx, "acknowledgement", to, words.reportArrivedMail({ reference: made.id, at: ctx.now }));
    }
    return { reportId: made.id, accountId };
  },
  happened: (input, { reportId, accountId }) =>
    fact("report.received", { subjectId: reportId, accountId }, { kind: input.kind, source: "form" }),
});

async function accountOfFirstReceipt(ctx: Ctx, { about, body }: { about: string; body: string }) {
  const [receipt] = cluesIn(about, body).receipts;
  return receipt === undefined ? null : accountOfReceipt(ctx, receipt);
}

import { eq } from "drizzle-orm";
import { z } from "zod";
import { flag, report } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import * as deskWords from "#words/desk.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { invalid, notFound } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { personReport } from "../rules/detectors/person-report.ts";
import { countComplaints } from "./count-complaints.ts";
import { moveReport } from "./move-report.ts";
import { accountMeant } from "./suggest-accounts.ts";

/** Puts a report into the case of the account it is about, opening one; it counts as a flag with a severity that staff give it. */
export const joinReport = command({
  permission: "reports:work",
  input: z.strictObject({
    reportId: z.uuid(),
    version: numberOrText(z.number().int()),
    accountId: z.uuid(deskWords.errors.chooseReportAccount).optional(),
    /** Instead of its id: its address, external id, a receipt or a token's id. */
    clue: z.string().trim().min(2, deskWords.errors.chooseReportAccount).max(300).optional(),
    severity: numberOrText(z.number().int().min(1).max(3)),
  }),
  run: async (ctx, { severity, ...input }) => {
    const { reportId } = input;
    // What is typed says more than what was preselected.
    const accountId = input.clue === undefined ? input.accountId : await accountMeant(ctx, input.clue);
    if (accountId === undefined) throw invalid("clue", deskWords.errors.chooseReportAccount);
    const [known] = await ctx.db.select({ id: account.id }).from(account).where(eq(account.id, accountId));
    if (!known) throw notFound("account");
    const moved = await moveReport(ctx, input, "join_case", { accountId });
    const summary = deskWords.records.personReports(moved.about.slice(0, 200));
    await recordSignals(
      { ...ctx, actor: { kind: "job", name: "Reports" } },
      {
        accountId,
        signals: [
          {
            detector: personReport.id,
            detectorVersion: personReport.version,
            scope: "account",
            // Each report is a key of its own: a second one is not folded into the first.
            scopeId: reportId,
            severity,
            magnitude: 1,
            summary,
            evidence: {},
          },
        ],
      },
    );
    if (moved.complaints > 0 && moved.complaintsCountedAt === null) {
      await countComplaints(ctx, { reportId, accountId, complaints: moved.complaints });
      await ctx.db.update(report).set({ complaintsCountedAt: ctx.now }).where(eq(report.id, reportId));
    }
    const [raised] = await ctx.db.select({ caseId: flag.caseId }).from(flag).where(eq(flag.scopeId, reportId));
    const caseId = raised?.caseId ?? null;
    await ctx.db.update(report).set({ caseId }).where(eq(report.id, reportId));
    return { caseId, accountId, about: moved.about };
  },
  happened: (input, { accountId, caseId, about }) =>
    fact("report.joined", { subjectId: input.reportId, accountId, caseId }, { about, severity: input.severity }),
});

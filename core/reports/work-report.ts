import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { flag, report } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import * as deskWords from "#words/desk.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { nextReportState, type ReportEvent } from "../rules/cases/report-machine.ts";
import { personReport } from "../rules/detectors/person-report.ts";

const target = { reportId: z.uuid(), version: numberOrText(z.number().int()) };

/** Takes a report to work on. */
export const takeReport = command({
  permission: "reports:work",
  input: z.strictObject(target),
  run: (ctx, { reportId, version }) =>
    moveReport(ctx, reportId, version, "assign", { assigneeUserId: actorUserId(ctx.actor) }),
  happened: (input, { accountId }) => fact("report.taken", { subjectId: input.reportId, accountId }),
});

/** Puts a report into the case of the account it is about, opening one; it counts as a flag with a severity that staff give it. */
export const joinReport = command({
  permission: "reports:work",
  input: z.strictObject({
    ...target,
    accountId: z.uuid(deskWords.errors.chooseReportAccount),
    severity: numberOrText(z.number().int().min(1).max(3)),
  }),
  run: async (ctx, { reportId, version, accountId, severity }) => {
    const [known] = await ctx.db.select({ id: account.id }).from(account).where(eq(account.id, accountId));
    if (!known) throw notFound("account");
    const moved = await moveReport(ctx, reportId, version, "join_case", { accountId });
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
    const [raised] = await ctx.db.select({ caseId: flag.caseId }).from(flag).where(eq(flag.scopeId, reportId));
    const caseId = raised?.caseId ?? null;
    await ctx.db.update(report).set({ caseId }).where(eq(report.id, reportId));
    return { caseId, accountId, about: moved.about };
  },
  happened: (input, { accountId, caseId, about }) =>
    fact("report.joined", { subjectId: input.reportId, accountId, caseId }, { about, severity: input.severity }),
});

/** Closes a report with what came of it. */
export const closeReport = command({
  permission: "reports:work",
  input: z.strictObject({
    ...target,
    outcome: z.string(deskWords.errors.sayOutcome).trim().min(3, deskWords.errors.sayOutcome).max(1_000),
  }),
  run: (ctx, { reportId, version, outcome }) =>
    moveReport(ctx, reportId, version, "close", { outcome, closedAt: ctx.now }),
  happened: (input, { accountId }) =>
    fact("report.closed", { subjectId: input.reportId, accountId }, { outcome: input.outcome }),
});

type Change = Partial<Pick<typeof report.$inferInsert, "assigneeUserId" | "accountId" | "outcome" | "closedAt">>;

async function moveReport(ctx: Ctx, reportId: string, version: number, event: ReportEvent, change: Change) {
  const [found] = await ctx.db
    .select({ state: report.state, version: report.version, about: report.about })
    .from(report)
    .where(eq(report.id, reportId))
    .for("update");
  if (!found) throw notFound("report");
  if (found.version !== version) throw new AppError("conflict", deskWords.errors.reportChanged);
  const state = nextReportState(found.state, event);
  if (!state) throw new AppError("conflict", deskWords.errors.reportClosed(deskWords.reportStates[found.state].is));
  const [moved] = await ctx.db
    .update(report)
    .set({ ...change, state, version: sql`${report.version} + 1` })
    .where(eq(report.id, reportId))
    .returning({ accountId: report.accountId, about: report.about });
  if (!moved) throw notFound("report");
  return moved;
}

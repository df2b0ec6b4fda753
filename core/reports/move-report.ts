import { eq, sql } from "drizzle-orm";
import { report } from "#db/schema/abuse.ts";
import * as deskWords from "#words/desk.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { nextReportState, type ReportEvent } from "../rules/cases/report-machine.ts";

type Change = Partial<
  Pick<typeof report.$inferInsert, "assigneeUserId" | "accountId" | "outcome" | "answer" | "closedAt">
>;

/** Which report, and the version it was seen in. */
export type SeenReport = { reportId: string; version: number };

/** Moves a report by its machine, under its lock. Throws `not_found`, and `conflict` when it changed since it was seen. */
export async function moveReport(ctx: Ctx, { reportId, version }: SeenReport, event: ReportEvent, change: Change) {
  const [found] = await ctx.db
    .select({ state: report.state, version: report.version })
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
    .returning({
      accountId: report.accountId,
      caseId: report.caseId,
      about: report.about,
      createdAt: report.createdAt,
      reporterEmail: report.reporterEmail,
      ip: report.ip,
      complaints: report.complaints,
      complaintsCountedAt: report.complaintsCountedAt,
    });
  if (!moved) throw notFound("report");
  return moved;
}

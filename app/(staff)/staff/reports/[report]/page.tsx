import type { Metadata } from "next";
import { staffPageCtx } from "#app/_lib/context.ts";
import { foundOr404 } from "#app/_lib/found.ts";
import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { getReport } from "#core/reports/list-reports.ts";
import { suggestAccounts } from "#core/reports/suggest-accounts.ts";
import { reportAnswers } from "#core/rules/cases/reporter-mail.ts";
import * as deskWords from "#words/desk.ts";
import { ReportCard } from "../../_report/report-card.tsx";
import { CloseReport } from "./close-report.tsx";
import { JoinReport } from "./join-report.tsx";
import { TakeReport } from "./take-report.tsx";

export const metadata: Metadata = { title: "Report" };

export default async function ReportPage({ params }: { params: Promise<{ report: string }> }) {
  const ctx = await staffPageCtx();
  const { report: reportId } = await params;
  const report = await foundOr404(() => getReport.fromUnknown(ctx, { reportId }));
  const isOpen = report.state !== "closed";
  const mayJoin = isOpen && report.state !== "in_case";
  const suggestions = mayJoin ? await suggestAccounts(ctx, { reportId: report.id }) : [];
  const target = { reportId: report.id, version: report.version };
  return (
    <ShellMain crumbs={[{ label: "Reports", href: "/staff/reports" }, { label: report.about }]}>
      <h1 className="sr-only">Report: {report.about}</h1>
      <ReportCard report={report} isPage />
      {report.state === "new" ? <TakeReport {...target} /> : null}
      {mayJoin ? (
        <Panel title="Add to a case">
          <JoinReport
            {...target}
            suggestions={suggestions.map(({ accountId, name, slug, kind, clue }) => ({
              ...{ accountId, name, slug },
              why: `${deskWords.clueKinds[kind]} ${clue}`,
            }))}
          />
        </Panel>
      ) : null}
      {isOpen ? (
        <Panel title="Close">
          <CloseReport
            {...target}
            hasAddress={report.maskedEmail !== null}
            answers={reportAnswers.map((answer) => ({ value: answer, ...deskWords.reportAnswers[answer] }))}
          />
        </Panel>
      ) : null}
    </ShellMain>
  );
}

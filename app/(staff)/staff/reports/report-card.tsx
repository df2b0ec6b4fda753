import { UnmaskButton } from "#app/_parts/unmask-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { ReportRow } from "#core/reports/list-reports.ts";
import * as deskWords from "#words/desk.ts";
import { unmaskAction } from "./actions.ts";
import { CloseReport, JoinReport, TakeReport } from "./report-buttons.tsx";

/** One report with who sent it (masked), where it went, and what can be done. */
export function ReportCard({ report }: { report: ReportRow }) {
  const isOpen = report.state !== "closed";
  return (
    <Panel
      title={report.about}
      aside={
        <span className="flex flex-wrap items-center gap-2">
          <Badge meaning={report.kind === "vulnerability" ? "danger" : "warning"}>
            {deskWords.reportKinds[report.kind]}
          </Badge>
          <Badge>{deskWords.reportStates[report.state].label}</Badge>
          <RelativeTime at={report.createdAt.toISOString()} />
        </span>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="max-w-prose whitespace-pre-wrap">{report.body}</p>
        <p className="text-sm text-ink-2">
          From {report.reporterName ?? "an anonymous reporter"}
          {report.maskedEmail ? (
            <>
              ,{" "}
              <UnmaskButton
                action={unmaskAction}
                what="reporter_email"
                subjectId={report.id}
                masked={report.maskedEmail}
              />
            </>
          ) : (
            ", no reply requested"
          )}
          {report.assigneeName ? `. Assigned to ${report.assigneeName}` : ""}
        </p>
        {report.caseId ? (
          <p>
            In the case about{" "}
            <TextLink href={`/staff/cases/${report.caseId}`}>{report.accountName ?? "an account"}</TextLink>
          </p>
        ) : null}
        {report.outcome ? <p className="text-ink-2">Closed: {report.outcome}</p> : null}
        {isOpen ? (
          <div className="flex flex-wrap gap-2">
            {report.state === "new" ? <TakeReport reportId={report.id} version={report.version} /> : null}
            {report.state === "in_case" ? null : (
              <JoinReport reportId={report.id} version={report.version} accountId={report.accountId ?? ""} />
            )}
            <CloseReport reportId={report.id} version={report.version} />
          </div>
        ) : null}
      </div>
    </Panel>
  );
}

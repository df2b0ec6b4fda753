import { UnmaskButton } from "#app/_parts/unmask-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { ReportRow } from "#core/reports/list-reports.ts";
import * as deskWords from "#words/desk.ts";
import { unmaskAction } from "../reports/actions.ts";
import { ReportEvidence } from "./report-evidence.tsx";
import { ReportMails } from "./report-mails.tsx";

/** One report in full: its words, who sent it (masked), where it went, what came of it and what the reporter was told. */
export function ReportCard({ report, isPage = false }: { report: ReportRow; isPage?: boolean }) {
  return (
    <Panel
      name={`${report.about}, ${report.id.slice(0, 8)}`}
      title={
        isPage ? (
          report.about
        ) : (
          <TextLink kind="name" href={`/staff/reports/${report.id}`}>
            {report.about}
          </TextLink>
        )
      }
      aside={
        <span className="flex flex-wrap items-center gap-2">
          <Badge meaning={report.kind === "vulnerability" ? "danger" : "warning"}>
            {deskWords.reportKinds[report.kind]}
          </Badge>
          {report.source === "form" ? null : <Badge>{deskWords.reportSources[report.source]}</Badge>}
          <Badge>{deskWords.reportStates[report.state].label}</Badge>
          <RelativeTime at={report.createdAt.toISOString()} />
        </span>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="max-w-prose wrap-anywhere whitespace-pre-wrap">{report.body}</p>
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
        {report.answer ? (
          <details>
            <summary className="cursor-pointer">Answer to the reporter</summary>
            <p className="mt-2 max-w-prose whitespace-pre-wrap text-ink-2">{report.answer}</p>
          </details>
        ) : null}
        <ReportEvidence report={report} />
        <ReportMails report={report} />
      </div>
    </Panel>
  );
}

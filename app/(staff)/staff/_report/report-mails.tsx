import { Badge } from "#components/ui/badge.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { ReportRow } from "#core/reports/list-reports.ts";
import * as deskWords from "#words/desk.ts";

/** What was written to the reporter, and how far each message is. */
export function ReportMails({ report }: { report: ReportRow }) {
  if (report.maskedEmail === null) return null;
  if (report.mails.length === 0) return <p className="text-sm text-ink-3">Nothing was sent to the reporter.</p>;
  return (
    <ul aria-label="Messages to the reporter" className="text-sm text-ink-2">
      {report.mails.map((mail) => (
        <li key={mail.id} className="flex flex-wrap items-baseline gap-x-2">
          {mail.subject}
          <Badge meaning={mail.state === "failed" ? "danger" : mail.state === "sent" ? "good" : "neutral"}>
            {deskWords.mailStates[mail.state]}
          </Badge>
          {mail.sentAt ? <ZonedTime at={mail.sentAt.toISOString()} /> : null}
          {mail.lastError ? <span className="wrap-anywhere">{mail.lastError}</span> : null}
        </li>
      ))}
    </ul>
  );
}

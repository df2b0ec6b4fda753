import type { ReportRow } from "#core/reports/list-reports.ts";
import * as format from "#words/format.ts";

/** What came with a report by mail, as text: nothing of it is opened, fetched or rendered. */
export function ReportEvidence({ report }: { report: ReportRow }) {
  const { evidence, complaints, complaintsCountedAt } = report;
  const attachments = report.attachments ?? [];
  return (
    <>
      {complaints > 0 ? (
        <p className="text-sm text-ink-2">
          {complaints === 1 ? "One complaint" : `${format.count(complaints)} complaints`} of recipients,{" "}
          {complaintsCountedAt ? "counted against the account" : "counted once it is added to a case"}.
        </p>
      ) : null}
      {evidence ? (
        <details>
          <summary className="cursor-pointer">The reported message</summary>
          <pre className="mt-2 max-h-96 overflow-auto whitespace-pre-wrap wrap-anywhere rounded-md bg-sunk p-3 text-sm">
            {evidence}
          </pre>
        </details>
      ) : null}
      {attachments.length > 0 ? (
        <div className="text-sm text-ink-2">
          <p>Attached, not kept:</p>
          <ul className="list-disc pl-5">
            {attachments.map((one) => (
              <li key={`${one.name} ${one.type} ${one.sizeBytes}`} className="wrap-anywhere">
                <bdi>{one.name}</bdi>, {one.type}, {format.count(one.sizeBytes)} bytes
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}

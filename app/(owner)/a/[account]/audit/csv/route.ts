import { csv } from "#app/_lib/csv.ts";
import { listAudit } from "#core/audit/list-audit.ts";

/** The audit with the page's filter, newest first, up to 5,000 rows. Facts are JSON in one cell. */
export const GET = csv(listAudit, {
  fileName: "audit.csv",
  rows: ({ events }) => [
    ["id", "at (UTC)", "who", "kind", "what", "subject", "subject id", "facts", "request"],
    ...events.map((row) => [
      row.id,
      row.at.toISOString(),
      row.actorName,
      row.actorKind,
      row.action,
      row.subjectKind,
      row.subjectId,
      JSON.stringify(row.data),
      row.requestId,
    ]),
  ],
});

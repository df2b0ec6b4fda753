import { staffCsv } from "#app/_lib/csv.ts";
import { exportAudit } from "#core/audit/export-audit.ts";

export const GET = staffCsv(exportAudit, {
  fileName: "audit.csv",
  rows: (rows) => [
    ["id", "at", "who", "kind", "action", "subject_kind", "subject_id", "account_id", "facts", "request_id", "hash"],
    ...rows.map((row) => [
      row.id,
      row.at.toISOString(),
      row.actorName,
      row.actorKind,
      row.action,
      row.subjectKind,
      row.subjectId,
      row.accountId ?? "",
      JSON.stringify(row.data),
      row.requestId,
      row.hash,
    ]),
  ],
});

import { staffCsv } from "#app/_lib/csv.ts";
import { transparency } from "#core/audit/transparency.ts";

export const GET = staffCsv(transparency, {
  fileName: "transparency.csv",
  rows: (rows) => [
    [
      "measure",
      "reason",
      "policy_clause",
      "decisions",
      "accounts",
      "without_end",
      "median_hours",
      "found_automatically",
      "reported_by_person",
      "decided_by",
      "appealed",
      "overturned",
    ],
    ...rows.map((row) => [
      row.type,
      row.reason,
      row.clause,
      row.decisions,
      row.accounts,
      row.withoutEnd,
      row.medianHours === null ? "" : Math.round(row.medianHours * 10) / 10,
      row.foundAutomatically,
      row.reportedByPerson,
      "person",
      row.appealed,
      row.overturned,
    ]),
  ],
});

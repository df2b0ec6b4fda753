"use server";

import { action } from "#app/_lib/action.ts";
import { unmask } from "#core/personal-data/unmask.ts";
import { closeReport } from "#core/reports/close-report.ts";
import { joinReport } from "#core/reports/join-report.ts";
import { takeReport } from "#core/reports/take-report.ts";

const revalidate = ["/staff/reports", "/staff/reports/[report]", "/staff/cases/[case]"];

export const takeReportAction = action(takeReport, { as: "staff", revalidate });
export const joinReportAction = action(joinReport, {
  as: "staff",
  revalidate,
  echo: ["accountId", "clue", "severity"],
});
export const closeReportAction = action(closeReport, {
  as: "staff",
  revalidate,
  echo: ["outcome", "answer", "answerText"],
});
/** Shown once to the one who asked; it is never kept in a form's state. */
export const unmaskAction = action(unmask, { as: "staff", show: ({ value }) => ({ value }) });

"use server";

import { action } from "#app/_lib/action.ts";
import { submitReport } from "#core/reports/submit-report.ts";

export const submitReportAction = action(submitReport, {
  as: "visitor",
  echo: ["about", "body", "reporterName", "reporterEmail"],
});

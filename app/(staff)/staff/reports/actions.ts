"use server";

import { action } from "#app/_lib/action.ts";
import { unmask } from "#core/personal-data/unmask.ts";
import { closeReport, joinReport, takeReport } from "#core/reports/work-report.ts";

const revalidate = ["/staff/reports"];

export const takeReportAction = action(takeReport, { as: "staff", revalidate });
export const joinReportAction = action(joinReport, { as: "staff", revalidate });
export const closeReportAction = action(closeReport, { as: "staff", revalidate });
/** Shown once to the one who asked; it is never kept in a form's state. */
export const unmaskAction = action(unmask, { as: "staff", show: ({ value }) => ({ value }) });

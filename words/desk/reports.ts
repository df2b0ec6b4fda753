import type { ReportKind, ReportState } from "../../core/rules/vocabulary.ts";

export const reportKinds: Record<ReportKind, string> = { abuse: "Abuse", vulnerability: "Vulnerability" };

/** How far a report is: as a label, and after "This report". */
export const reportStates: Record<ReportState, { label: string; is: string }> = {
  new: { label: "New", is: "is new" },
  assigned: { label: "Assigned", is: "is assigned" },
  in_case: { label: "In a case", is: "is in a case" },
  closed: { label: "Closed", is: "is closed" },
};

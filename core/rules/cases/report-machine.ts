import type { ReportState } from "../vocabulary.ts";

export type ReportEvent = "assign" | "join_case" | "close";

/** States of a person's report and what may happen in each. */
export const reportTransitions: Record<ReportState, Partial<Record<ReportEvent, ReportState>>> = {
  new: { assign: "assigned", join_case: "in_case", close: "closed" },
  assigned: { assign: "assigned", join_case: "in_case", close: "closed" },
  in_case: { close: "closed" },
  closed: {},
};

export function nextReportState(state: ReportState, event: ReportEvent): ReportState | null {
  return reportTransitions[state][event] ?? null;
}

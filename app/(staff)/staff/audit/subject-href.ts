import type { AuditRow } from "#app/_parts/audit-table.tsx";

/** The desk's page of what an event is about; null = it has none of its own. */
export function subjectHref({ subjectKind, subjectId, accountId, data }: AuditRow): string | null {
  switch (subjectKind) {
    case "case":
      return `/staff/cases/${subjectId}`;
    case "action":
      return `/staff/actions/${subjectId}`;
    case "batch":
      return `/staff/actions/batch/${subjectId}`;
    case "flag":
      return typeof data.caseId === "string" ? `/staff/cases/${data.caseId}` : null;
    case "detector":
      return "/staff/detectors";
    case "endpoint":
    case "plan":
      return "/staff/limits";
    case "token":
    case "integration":
      return accountId ? `/staff/accounts/${accountId}` : null;
    default:
      return null;
  }
}

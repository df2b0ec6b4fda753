import { PageSkeleton } from "../_frame/page-skeleton.tsx";

export default function AuditLoading() {
  return <PageSkeleton page="Audit log" rows={15} />;
}

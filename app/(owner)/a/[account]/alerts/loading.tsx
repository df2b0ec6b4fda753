import { PageSkeleton } from "../_frame/page-skeleton.tsx";

export default function AlertsLoading() {
  return <PageSkeleton page="Alerts" panels={[160]} rows={6} />;
}

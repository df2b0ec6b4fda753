import { PageSkeleton } from "../_frame/page-skeleton.tsx";

export default function LimitsLoading() {
  return <PageSkeleton page="Limits" panels={[92]} rows={16} />;
}

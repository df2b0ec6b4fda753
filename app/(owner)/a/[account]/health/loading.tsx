import { PageSkeleton } from "../_frame/page-skeleton.tsx";

export default function HealthLoading() {
  return <PageSkeleton page="Health" rows={6} />;
}

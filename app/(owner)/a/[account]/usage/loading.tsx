import { PageSkeleton } from "../_frame/page-skeleton.tsx";

export default function UsageLoading() {
  return <PageSkeleton page="Usage" panels={[280]} rows={4} />;
}

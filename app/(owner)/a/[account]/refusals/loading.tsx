import { PageSkeleton } from "../_frame/page-skeleton.tsx";

export default function RefusalsLoading() {
  return <PageSkeleton page="Refusals" panels={[56]} rows={20} />;
}

import { PageSkeleton } from "../_frame/page-skeleton.tsx";

export default function StandingLoading() {
  return <PageSkeleton page="Standing" panels={[120]} />;
}

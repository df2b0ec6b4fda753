import { PageSkeleton } from "../_frame/page-skeleton.tsx";

export default function IntegrationsLoading() {
  return <PageSkeleton page="Integrations" rows={5} rowHeight={57} />;
}

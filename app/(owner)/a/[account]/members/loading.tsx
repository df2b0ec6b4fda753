import { PageSkeleton } from "../_frame/page-skeleton.tsx";

export default function MembersLoading() {
  return <PageSkeleton page="Members" panels={[100]} rows={4} rowHeight={45} />;
}

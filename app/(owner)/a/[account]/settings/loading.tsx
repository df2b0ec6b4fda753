import { PageSkeleton } from "../_frame/page-skeleton.tsx";

export default function SettingsLoading() {
  return <PageSkeleton page="Settings" panels={[72, 120]} />;
}

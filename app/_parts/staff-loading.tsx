import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";

/** Stands where a list of the desk will be. Not above pages that can answer 404: a started stream has its status already. */
export default function StaffLoading() {
  return (
    <ShellMain crumbs={[{ label: "Loading" }]}>
      <Skeleton className="h-6 w-48" />
      <Panel flush>
        <SkeletonRows rows={8} />
      </Panel>
    </ShellMain>
  );
}

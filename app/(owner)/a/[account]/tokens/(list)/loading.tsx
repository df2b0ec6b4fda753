import { Panel } from "#components/ui/panel.tsx";
import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";
import { OwnerMain } from "../../_frame/owner-main.tsx";

export default function TokensLoading() {
  return (
    <OwnerMain page="Tokens">
      <div className="flex h-12 flex-col justify-center gap-2">
        <Skeleton className="h-5 w-24" />
        <Skeleton className="w-96" />
      </div>
      <Panel flush>
        <div className="flex h-14 items-center justify-between border-line border-b px-3">
          <Skeleton className="h-8 w-72" />
          <Skeleton className="h-7 w-80" />
        </div>
        <SkeletonRows rows={8} rowHeight={57} />
      </Panel>
    </OwnerMain>
  );
}

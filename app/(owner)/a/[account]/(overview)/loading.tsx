import { Panel } from "#components/ui/panel.tsx";
import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";
import { OwnerMain } from "../_frame/owner-main.tsx";

export default function OverviewLoading() {
  return (
    <OwnerMain page="Overview">
      <div className="flex h-12 flex-col justify-center gap-2">
        <Skeleton className="h-5 w-28" />
        <Skeleton className="w-56" />
      </div>
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-[5fr_4fr_4fr]">
        {["Quota today", "Requests, last hour", "Tokens"].map((title) => (
          <Panel key={title} title={title}>
            <div className="flex h-24 flex-col gap-4">
              <Skeleton className="h-8 w-40" />
              <Skeleton className="h-2 w-full" />
            </div>
          </Panel>
        ))}
      </div>
      <Panel>
        <Skeleton className="h-56 w-full" />
      </Panel>
      <div className="grid items-start gap-4 xl:grid-cols-[4fr_5fr]">
        <Panel title="Rate limits now" flush>
          <SkeletonRows rows={6} rowHeight={41} />
        </Panel>
        <Panel title="Quota by token" flush>
          <SkeletonRows rows={5} rowHeight={41} />
        </Panel>
      </div>
    </OwnerMain>
  );
}

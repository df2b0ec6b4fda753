import { Panel } from "#components/ui/panel.tsx";
import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";
import { OwnerMain } from "./owner-main.tsx";

type PageSkeletonProps = {
  page: string;
  /** Height in pixels of the panels above the list, in order. */
  panels?: readonly number[];
  rows?: number;
  rowHeight?: number;
};

/** A page that is being read, in the sizes of what is coming. */
export function PageSkeleton({ page, panels = [], rows = 0, rowHeight = 41 }: PageSkeletonProps) {
  return (
    <OwnerMain page={page}>
      <div className="flex h-12 flex-col justify-center gap-2">
        <Skeleton className="h-5 w-28" />
        <Skeleton className="w-full max-w-96" />
      </div>
      {panels.map((height) => (
        <Panel key={height}>
          <div style={{ height }} className="flex flex-col gap-4">
            <Skeleton className="w-40" />
            <Skeleton className="h-auto flex-1" />
          </div>
        </Panel>
      ))}
      {rows > 0 ? (
        <Panel flush>
          <SkeletonRows rows={rows} rowHeight={rowHeight} />
        </Panel>
      ) : null}
    </OwnerMain>
  );
}

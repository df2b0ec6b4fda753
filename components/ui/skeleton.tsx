import { cn } from "./cn.ts";

/** A grey stand-in of the size of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block h-4 animate-pulse-soft rounded-sm bg-sunk", className)} />;
}

/** Stand-ins for the rows of a table or list. `rowHeight` in pixels, so that nothing moves when the rows arrive. */
export function SkeletonRows({ rows = 5, rowHeight = 40 }: { rows?: number; rowHeight?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike.
          key={index}
          style={{ height: rowHeight }}
          className="flex items-center gap-6 border-line border-b px-4 last:border-0"
        >
          <Skeleton className="w-40" />
          <Skeleton className="flex-1" />
          <Skeleton className="w-16" />
        </div>
      ))}
    </div>
  );
}

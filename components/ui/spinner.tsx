import { cn } from "./cn.ts";

/** A turning mark for work in progress. Silent: whoever shows it says in words what is going on. */
export function Spinner({ className }: { className?: string }) {
  const ring = "inline-block size-4 shrink-0 animate-spin rounded-full border-2 border-current border-t-transparent";
  return <span aria-hidden className={cn(ring, className)} />;
}

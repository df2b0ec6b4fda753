import { LoaderCircle } from "lucide-react";
import { cn } from "./cn.ts";

/** A turning mark for work in progress. Silent: whoever shows it says in words what is going on. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cn("size-4 animate-spin", className)} strokeWidth={2} />;
}

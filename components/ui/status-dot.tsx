import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { type Meaning, meaningFill } from "./meaning.tsx";

type StatusDotProps = { meaning: Meaning /** Says "live": the dot breathes. */; live?: boolean; children: ReactNode };

/** A dot and the word it stands for. Filled for a meaning, hollow for none. */
export function StatusDot({ meaning, live = false, children }: StatusDotProps) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span
        aria-hidden
        data-mark
        className={cn(
          "size-2 shrink-0 rounded-full",
          meaning === "neutral" ? "border border-ink-3" : meaningFill[meaning],
          live && "animate-pulse-soft",
        )}
      />
      {children}
    </span>
  );
}

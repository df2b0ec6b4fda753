import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { type Meaning, meaningFill } from "./meaning.tsx";

export type TimelineItem = { id: string; when: ReactNode; what: ReactNode; meaning?: Meaning; detail?: ReactNode };

/** What happened, in order, on one line of time. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  return (
    <ol aria-label={label}>
      {items.map((item) => (
        <li key={item.id} className="group grid grid-cols-[5rem_1rem_1fr] gap-x-2">
          <span className="py-1 text-right text-ink-3 tabular-nums">{item.when}</span>
          <span aria-hidden className="relative flex justify-center">
            <span className="absolute inset-y-0 w-px bg-line group-first:top-3 group-last:bottom-[calc(100%-0.75rem)]" />
            <span
              data-mark
              className={cn(
                "relative mt-2.5 size-2 rounded-full ring-2 ring-panel",
                item.meaning && item.meaning !== "neutral" ? meaningFill[item.meaning] : "border border-ink-3 bg-panel",
              )}
            />
          </span>
          <div className="min-w-0 py-1">
            {item.what}
            {item.detail ? <div className="text-sm text-ink-2">{item.detail}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}

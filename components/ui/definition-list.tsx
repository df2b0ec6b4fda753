import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export type Definition = { term: ReactNode; value: ReactNode };

/** Facts as term and value. `rows` puts the value at the right edge; `columns` under the term, side by side. */
export function DefinitionList(props: { items: readonly Definition[]; layout?: "rows" | "columns"; label?: string }) {
  const columns = props.layout === "columns";
  return (
    <dl
      aria-label={props.label}
      className={cn(columns ? "grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]" : "")}
    >
      {props.items.map((item, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: facts are a fixed list and hold no state.
          key={index}
          className={cn("min-w-0", columns ? "" : "flex items-baseline justify-between gap-4 py-0.75")}
        >
          <dt className="shrink-0 text-sm text-ink-3">{item.term}</dt>
          <dd className={cn("min-w-0 tabular-nums wrap-anywhere", columns ? "" : "text-right font-medium")}>
            {item.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

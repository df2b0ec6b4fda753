import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export type Definition = { term: ReactNode; value: ReactNode };

type DefinitionListProps = {
  items: readonly Definition[];
  /**
   * `rows` puts a short value at the right edge; `text` puts values that are sentences in a column of their own; `columns`
   * puts values under their terms, side by side.
   */
  layout?: "rows" | "text" | "columns";
  label?: string;
};

const listClass = {
  rows: "",
  text: "flex flex-col gap-2",
  columns: "grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]",
};

const itemClass = {
  rows: "flex items-baseline justify-between gap-4 py-0.75",
  text: "gap-4 sm:grid sm:grid-cols-[8rem_minmax(0,1fr)] sm:items-baseline",
  columns: "",
};

/** Facts as term and value. */
export function DefinitionList({ items, layout = "rows", label }: DefinitionListProps) {
  return (
    <dl aria-label={label} className={listClass[layout]}>
      {items.map((item, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: facts are a fixed list and hold no state.
          key={index}
          className={cn("min-w-0", itemClass[layout])}
        >
          <dt className="shrink-0 text-sm text-ink-3">{item.term}</dt>
          <dd className={cn("min-w-0 tabular-nums wrap-anywhere", layout === "rows" && "text-right font-medium")}>
            {item.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

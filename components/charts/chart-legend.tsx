import * as format from "#words/format.ts";
import type { LimitStep } from "./limit-steps.ts";
import type { Before, Series } from "./series.ts";

type ChartLegendProps = { series: readonly Series[]; steps: readonly LimitStep[]; before?: Before | undefined };

/** Which colour is what, and which limits the dashed lines are. */
export function ChartLegend({ series, steps, before }: ChartLegendProps) {
  const labels = [...new Set(steps.map((step) => step.label))];
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
      {series.map((one) => (
        <li key={one.key} className="flex items-center gap-1.5">
          <span aria-hidden data-mark className="size-2.5 rounded-[2px]" style={{ background: one.color }} />
          {one.label}
        </li>
      ))}
      {before ? (
        <li className="flex items-center gap-1.5">
          <span aria-hidden data-mark className="w-4 border-ink-3 border-t-2" />
          {before.label}
        </li>
      ) : null}
      {labels.map((label) => (
        <li key={label} className="flex items-center gap-1.5">
          <span aria-hidden data-mark className="w-4 border-ink border-t border-dashed" />
          {label} {valuesOf(steps.filter((step) => step.label === label))}
        </li>
      ))}
    </ul>
  );
}

function valuesOf(steps: readonly LimitStep[]): string {
  return [...new Set(steps.map((step) => format.compact(step.value)))].join(", then ");
}

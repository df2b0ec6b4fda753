import type { ChartProps } from "#components/charts/chart-frame.tsx";
import type { Series } from "#components/charts/series.ts";
import { StackedBars } from "#components/charts/stacked-bars.tsx";

/** Allowed below, refused stacked on top. */
export const decisionSeries: readonly Series[] = [
  { key: "allowed", label: "allowed", color: "var(--color-chart-main)" },
  { key: "refused", label: "refused", color: "var(--color-chart-over)" },
];

/** Requests per bucket of time by what the gate decided. */
export function DecisionBars(chart: ChartProps) {
  return <StackedBars {...chart} series={decisionSeries} />;
}

"use client"; // Draws in the browser.

import { ChartFrame, type ChartProps } from "./chart-frame.tsx";
import type { Series } from "./series.ts";

/** Counts per bucket of time, stacked in the order of the series. */
export function StackedBars({ series, ...chart }: ChartProps & { series: readonly Series[] }) {
  return <ChartFrame {...chart} series={series} shape="bars" />;
}

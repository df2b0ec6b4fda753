"use client"; // Draws in the browser.

import { ChartFrame, type ChartProps } from "./chart-frame.tsx";
import { decisionSeries, type Series } from "./series.ts";

/** Counts per bucket of time, stacked: allowed below and refused above unless other series are given. */
export function StackedBars({ series = decisionSeries, ...chart }: ChartProps & { series?: readonly Series[] }) {
  return <ChartFrame {...chart} series={series} shape="bars" />;
}

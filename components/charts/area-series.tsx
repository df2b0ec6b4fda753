"use client"; // Draws in the browser.

import { ChartFrame, type ChartProps } from "./chart-frame.tsx";
import type { Series } from "./series.ts";

/** Several groups over time, stacked as areas: who makes up the total, and how that changes. */
export function AreaSeries(props: ChartProps & { series: readonly Series[] }) {
  return <ChartFrame {...props} shape="areas" />;
}

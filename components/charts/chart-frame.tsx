"use client"; // Measures itself and loads the drawing code when seen.

import { Component, lazy, type ReactNode, Suspense, useId, useState } from "react";
import type { AxisZone } from "./axis-time.ts";
import { ChartLegend } from "./chart-legend.tsx";
import { ChartTable } from "./chart-table.tsx";
import { limitSteps } from "./limit-steps.ts";
import type { Before, LimitSpan, Point, Series } from "./series.ts";
import { totalOf } from "./series.ts";
import { useSize } from "./use-size.ts";

/** What every chart over time takes. */
export type ChartProps = {
  title: string;
  points: readonly Point[];
  /** Length of one bucket in seconds. */
  bucketSeconds: number;
  limits?: readonly LimitSpan[];
  before?: Before;
  /** Buckets of a day and longer are always UTC days. */
  zone?: AxisZone;
  /** Height of the drawing in pixels; the same in every state. */
  height?: number;
  loading?: boolean;
  /** Said when there is nothing to draw: what will appear and how. */
  empty?: ReactNode;
  /** Right of the title: a range picker. */
  actions?: ReactNode;
  /** `h2` in a panel of its own, `h3` below another heading. */
  headingLevel?: 2 | 3;
};

type ChartFrameProps = ChartProps & { series: readonly Series[]; shape: "bars" | "areas" };

const Plot = lazy(() => import("./plot.tsx"));

/** Title, legend, drawing and table of one chart. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, points, series, shape, bucketSeconds, limits = [], before, zone = "viewer", height = 176 } = props;
  const { ref, width, seen } = useSize();
  const [asTable, setAsTable] = useState(false);
  const bodyId = useId();
  const isEmpty =
    !props.loading && points.every((point) => totalOf(point, series) === 0) && limits.length === 0 && !before;
  const Heading = props.headingLevel === 3 ? "h3" : "h2";
  const steps = limitSteps(points, limits);
  const plot = { label: title, points, series, shape, bucketSeconds, steps, before, zone, width, height };

  return (
    <figure className="m-0 min-w-0">
      <figcaption className="flex min-h-8 flex-wrap items-center gap-x-5 gap-y-2 pb-3">
        <Heading className="font-semibold">{title}</Heading>
        <ChartLegend series={series} steps={steps} before={before} />
        <span className="ml-auto flex flex-wrap items-center gap-3">
          <button
            type="button"
            aria-controls={bodyId}
            onClick={() => setAsTable(!asTable)}
            className="h-6 rounded-sm text-sm text-ink-3 hover:text-ink hover:underline"
          >
            {asTable ? "View as chart" : "View as table"}
          </button>
          {props.actions}
        </span>
      </figcaption>
      <div ref={ref} id={bodyId} style={{ height }} className="relative min-w-0">
        {props.loading ? (
          <ChartWaiting />
        ) : isEmpty ? (
          <div className="grid h-full place-items-center rounded-md bg-sunk px-6 text-center text-ink-2">
            <div className="max-w-md">{props.empty ?? "No requests in this range."}</div>
          </div>
        ) : asTable ? (
          <ChartTable
            label={title}
            points={points}
            series={series}
            steps={steps}
            before={before}
            bucketSeconds={bucketSeconds}
          />
        ) : seen && width > 0 ? (
          <PlotBoundary>
            <Suspense fallback={<ChartWaiting />}>
              <Plot {...plot} />
            </Suspense>
          </PlotBoundary>
        ) : (
          <ChartWaiting />
        )}
      </div>
    </figure>
  );
}

function ChartWaiting() {
  return (
    <div role="status" aria-label="Loading chart" className="h-full animate-pulse-soft rounded-md bg-sunk">
      <span className="sr-only">Loading chart</span>
    </div>
  );
}

/** A drawing that fails to load leaves its table. */
class PlotBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <p role="alert" className="grid h-full place-items-center rounded-md bg-sunk px-6 text-center text-ink-2">
        The chart could not be loaded. See the numbers under “View as table”.
      </p>
    );
  }
}

"use client"; // The only module that pulls Recharts in; loaded when a chart is seen.

import { Area, Bar, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from "recharts";
import * as format from "#words/format.ts";
import { type AxisZone, axisFormatter, tickIndexes } from "./axis-time.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { LimitLines } from "./limit-lines.tsx";
import type { LimitStep } from "./limit-steps.ts";
import { type Before, type Point, type Series, totalOf } from "./series.ts";
import { valueTicks } from "./value-ticks.ts";

type PlotProps = {
  label: string;
  points: readonly Point[];
  series: readonly Series[];
  shape: "bars" | "areas";
  bucketSeconds: number;
  steps: readonly LimitStep[];
  before?: Before | undefined;
  zone: AxisZone;
  width: number;
  height: number;
};

const tick = { fontSize: 11, fill: "var(--color-ink-3)" };
const yAxisWidth = 46;
/** No group is called so. */
const beforeKey = " before";

/** A limit so far above the traffic that drawing it would flatten the bars stays in the legend only. */
const tallestLimit = 4;

/** The drawing: stacked bars or areas over time, with the limits as they were. */
export default function Plot(props: PlotProps) {
  const { label, points, series, shape, bucketSeconds, before, zone, width, height } = props;
  const highest = Math.max(0, ...points.map((point) => totalOf(point, series)), ...(before?.values ?? []));
  const steps = props.steps.filter((step) => highest === 0 || step.value <= highest * tallestLimit);
  const top = Math.max(highest, ...steps.map((step) => step.value), 1);
  const ticks = valueTicks(top);
  const rows = points.map((point, index) => ({ ...point.values, index, [beforeKey]: before?.values[index] ?? 0 }));
  const print = axisFormatter(bucketSeconds, bucketSeconds * points.length, zone);

  return (
    <ComposedChart
      aria-label={`${label}. Use the arrow keys to read each bar.`}
      width={width}
      height={height}
      data={rows}
      margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      barCategoryGap="18%"
    >
      <CartesianGrid vertical={false} stroke="var(--color-chart-grid)" />
      <XAxis
        dataKey="index"
        ticks={tickIndexes(points, bucketSeconds, width - yAxisWidth, zone)}
        tickFormatter={(index: number) => print(points[index]?.at ?? "")}
        interval={0}
        tick={tick}
        tickLine={false}
        axisLine={{ stroke: "var(--color-line)" }}
        height={24}
      />
      <YAxis
        width={yAxisWidth}
        domain={[0, ticks.at(-1) ?? top]}
        ticks={ticks}
        interval={0}
        tickFormatter={format.compact}
        allowDecimals={false}
        tick={tick}
        tickLine={false}
        axisLine={false}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={shape === "bars" ? { fill: "var(--color-sunk)" } : { stroke: "var(--color-line-strong)" }}
        content={({ active, label: index }) => {
          const point = active && typeof index === "number" ? points[index] : undefined;
          if (!point || typeof index !== "number") return null;
          const limits = props.steps.filter((step) => step.first <= index && index <= step.last);
          return (
            <ChartTooltip
              point={point}
              series={series}
              limits={limits}
              before={before && { label: before.label, value: before.values[index] ?? 0 }}
              bucketSeconds={bucketSeconds}
            />
          );
        }}
      />
      {series.map((one) =>
        shape === "bars" ? (
          <Bar
            key={one.key}
            dataKey={one.key}
            stackId="all"
            fill={one.color}
            maxBarSize={32}
            radius={1}
            isAnimationActive={false}
          />
        ) : (
          <Area
            key={one.key}
            dataKey={one.key}
            stackId="all"
            type="monotone"
            stroke={one.color}
            strokeWidth={1.5}
            fill={one.color}
            fillOpacity={0.28}
            isAnimationActive={false}
          />
        ),
      )}
      {before ? (
        <Line
          dataKey={beforeKey}
          type="linear"
          stroke="var(--color-ink-3)"
          strokeWidth={1.5}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      ) : null}
      <LimitLines steps={steps} count={points.length} banded={shape === "bars"} />
    </ComposedChart>
  );
}

"use client"; // Draws with the scales of the chart around it.

import { DefaultZIndexes, usePlotArea, useYAxisScale, ZIndexLayer } from "recharts";
import * as format from "#words/format.ts";
import type { LimitStep } from "./limit-steps.ts";

/** Room in pixels that a label needs; narrower steps are drawn without words. */
const labelWidth = 64;

type LimitLinesProps = {
  steps: readonly LimitStep[];
  /** Number of buckets. */
  count: number;
  /** Buckets have a width, as bars do; otherwise each is a point and the first and last lie on the edges. */
  banded: boolean;
};

/** Dashed lines where limits held, with a dotted riser where one changed. */
export function LimitLines({ steps, count, banded }: LimitLinesProps) {
  const area = usePlotArea();
  const y = useYAxisScale();
  if (!area || !y || count === 0) return null;
  const band = area.width / Math.max(banded ? count : count - 1, 1);
  const edge = (bucket: number) => area.x + Math.min(bucket * band, area.width);
  return (
    // Above the bars, or the words would stand behind them.
    <ZIndexLayer zIndex={DefaultZIndexes.label}>
      <g className="pointer-events-none">
        {steps.map((step, index) => {
          const top = y(step.value);
          if (top === undefined) return null;
          const left = edge(step.first);
          const right = edge(step.last + 1);
          const before = steps[index - 1];
          const riser = before?.label === step.label && before.last === step.first - 1 ? y(before.value) : undefined;
          return (
            <g key={`${step.label} ${step.first}`}>
              {riser === undefined ? null : (
                <line x1={left} x2={left} y1={riser} y2={top} stroke="var(--color-ink-3)" strokeDasharray="1 3" />
              )}
              <line x1={left} x2={right} y1={top} y2={top} stroke="var(--color-ink)" strokeDasharray="4 3" />
              {right - left >= labelWidth ? (
                <text
                  x={left + 6}
                  y={top < area.y + 14 ? top + 15 : top - 6}
                  fontSize={11}
                  fill="var(--color-ink-2)"
                  // A halo keeps the words readable over bars.
                  stroke="var(--color-panel)"
                  strokeWidth={3}
                  paintOrder="stroke"
                >
                  {step.label} {format.compact(step.value)}
                </text>
              ) : null}
            </g>
          );
        })}
      </g>
    </ZIndexLayer>
  );
}

"use client"; // The live range follows the stream.

import type { ReactNode } from "react";
import { DecisionBars } from "#app/_parts/decision-bars.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { UsageRange } from "#core/rules/usage/usage-range.ts";
import type { Live } from "#core/usage/get-live.ts";
import * as words from "#words/words.ts";
import { useLive } from "../_frame/live.tsx";

type Series = Live["series"];
type RequestsChartProps = { initial: Series; range: UsageRange; actions: ReactNode };

/** Requests over time, refused stacked over allowed. In the live range a bar grows as the calls come in. */
export function RequestsChart({ initial, range, actions }: RequestsChartProps) {
  const { live } = useLive();
  const series = range === "live" ? (live?.series ?? initial) : initial;
  return (
    <Panel>
      <DecisionBars
        title={`Requests ${words.step(series.stepSeconds)}`}
        points={series.points.map(({ atMs, values }) => ({ at: new Date(atMs).toISOString(), values }))}
        bucketSeconds={series.stepSeconds}
        empty={
          range === "live"
            ? "No calls in the last two minutes. They appear here within two seconds."
            : "No requests in this range."
        }
        actions={actions}
      />
    </Panel>
  );
}

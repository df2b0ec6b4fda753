import { decisionSeries } from "#app/_parts/decision-bars.tsx";
import { groupSeries, type LimitSpan } from "#components/charts/series.ts";
import { StackedBars } from "#components/charts/stacked-bars.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { UsageSeries } from "#core/usage/get-usage-series.ts";

/** More groups than this are one: colours further apart than that there are none. */
const mostGroups = 7;

type UsageChartProps = { series: UsageSeries; title?: string; limits?: readonly LimitSpan[] };

/** Usage over time. Allowed and refused have their own colours; other groups get one each, the rest is grey. */
export function UsageChart({ series, title = "Requests", limits = [] }: UsageChartProps) {
  const shown = series.keys.slice(0, mostGroups);
  const others = series.keys.slice(mostGroups);
  const groups = [
    ...shown.map(({ key, label }) => ({ key, label })),
    ...(others.length > 0 ? [{ key: "others", label: `${others.length} others`, other: true }] : []),
  ];
  const points = series.points.map(({ atMs, values }) => ({
    at: new Date(atMs).toISOString(),
    values: { ...values, others: others.reduce((sum, { key }) => sum + (values[key] ?? 0), 0) },
  }));
  return (
    <Panel>
      <StackedBars
        title={title}
        points={points}
        bucketSeconds={series.stepSeconds}
        series={series.groupBy === "outcome" ? decisionSeries : groupSeries(groups)}
        limits={limits}
        {...(series.before ? { before: { label: "previous period", values: series.before } } : {})}
        height={240}
        empty="No requests in this range. They appear here a second or two after the gate decides them."
      />
    </Panel>
  );
}

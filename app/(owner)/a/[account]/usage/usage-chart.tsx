import { decisionSeries, groupSeries } from "#components/charts/series.ts";
import { StackedBars } from "#components/charts/stacked-bars.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { UsageSeries } from "#core/usage/get-usage-series.ts";

/** More groups than this are one: colours further apart than that there are none. */
const mostGroups = 7;

type UsageChartProps = {
  series: UsageSeries;
  /** The rate limit of the one endpoint that is shown, when there is just one. */
  endpoint: { label: string; limit: number | null; windowSeconds: number } | null;
  title?: string;
};

/** Usage over time. Allowed and refused have their own colours; other groups get one each, the rest is grey. */
export function UsageChart({ series, endpoint, title = "Requests" }: UsageChartProps) {
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
  // A limit can be compared with bars only where a bar is as long as its window.
  const limit = endpoint?.windowSeconds === series.stepSeconds ? endpoint.limit : null;
  const from = points[0]?.at;
  return (
    <Panel>
      <StackedBars
        title={endpoint ? `Requests to ${endpoint.label}` : title}
        points={points}
        bucketSeconds={series.stepSeconds}
        series={series.groupBy === "outcome" ? decisionSeries : groupSeries(groups)}
        limits={limit === null || !from ? [] : [{ label: "limit", value: limit, from, until: null }]}
        height={240}
        empty="No requests in this range. They appear here a second or two after the gate has decided them."
      />
    </Panel>
  );
}

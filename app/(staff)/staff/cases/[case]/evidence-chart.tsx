import { DecisionBars } from "#app/_parts/decision-bars.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { type UsageRange, usageRanges } from "#core/rules/usage/usage-range.ts";
import type { getHottestEndpoint } from "#core/usage/get-hottest-endpoint.ts";
import type { UsageSeries } from "#core/usage/get-usage-series.ts";
import * as words from "#words/words.ts";

type EvidenceChartProps = {
  series: UsageSeries;
  /** Null = nothing was refused by a rate limit: the chart shows all requests. */
  endpoint: Awaited<ReturnType<typeof getHottestEndpoint>>;
  range: UsageRange;
  caseId: string;
  /** The queue's part of the address, which a link keeps. */
  query: string;
};

/** Requests over time to the endpoint in question. Its limit is drawn where a bar is as long as the limit's window. */
export function EvidenceChart({ series, endpoint, range, caseId, query }: EvidenceChartProps) {
  const points = series.points.map(({ atMs, values }) => ({ at: new Date(atMs).toISOString(), values }));
  const from = points[0]?.at;
  const isComparable = endpoint?.limit != null && endpoint.windowSeconds === series.stepSeconds && from !== undefined;
  const limits = isComparable ? [{ label: "limit", value: endpoint.limit ?? 0, from, until: null }] : [];
  return (
    <Panel>
      <DecisionBars
        title={endpoint ? `${words.route(endpoint)}, ${words.step(series.stepSeconds)}` : "All requests"}
        points={points}
        bucketSeconds={series.stepSeconds}
        limits={limits}
        actions={
          <SegmentedLinks
            label="Range"
            items={usageRanges.map((one) => ({
              href: `/staff/cases/${caseId}?${query}&range=${one}`,
              label: words.usageRanges[one],
              active: one === range,
            }))}
          />
        }
        empty="No requests in this range."
      />
    </Panel>
  );
}

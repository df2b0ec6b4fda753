"use client"; // The live range moves with the stream.

import { endpointWords } from "#app/_parts/endpoint-words.ts";
import { StackedBars } from "#components/charts/stacked-bars.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { type UsageRange, usageRanges } from "#core/rules/usage-range.ts";
import type { getHottestEndpoint } from "#core/usage/get-hottest-endpoint.ts";
import type { UsageSeries } from "#core/usage/get-usage-series.ts";
import { useLive } from "../_frame/live.tsx";

const words: Record<UsageRange, { button: string; title: string }> = {
  live: { button: "Live", title: "Requests, last 2 minutes" },
  "1h": { button: "1 h", title: "Requests by minute" },
  "24h": { button: "24 h", title: "Requests by quarter hour" },
  "7d": { button: "7 d", title: "Requests by hour" },
  "30d": { button: "30 d", title: "Requests every 6 hours" },
  "90d": { button: "90 d", title: "Requests by day (UTC)" },
};

type TrafficChartProps = {
  slug: string;
  range: UsageRange;
  series: UsageSeries;
  /** The endpoint whose limit refused most today, to draw its line where bars are as long as its window. */
  endpoint: Awaited<ReturnType<typeof getHottestEndpoint>>;
};

export function TrafficChart({ slug, range, series, endpoint }: TrafficChartProps) {
  const { live } = useLive();
  const source = range === "live" && live ? live.series.points : series.points;
  const points = source.map(({ atMs, values }) => ({ at: new Date(atMs).toISOString(), values }));
  const from = points[0]?.at;
  const limit = endpoint?.windowSeconds === series.stepSeconds ? endpoint.limit : null;
  const limits =
    endpoint && limit !== null && from
      ? [{ label: `limit of ${endpointWords(endpoint)}`, value: limit, from, until: null }]
      : [];
  return (
    <StackedBars
      title={words[range].title}
      points={points}
      bucketSeconds={series.stepSeconds}
      limits={limits}
      empty="No requests in this range. They appear here within two seconds of the gate's answer."
      actions={
        <SegmentedLinks
          label="Range"
          items={usageRanges.map((one) => ({
            href: `/a/${slug}?range=${one}`,
            label: words[one].button,
            active: one === range,
          }))}
        />
      }
    />
  );
}

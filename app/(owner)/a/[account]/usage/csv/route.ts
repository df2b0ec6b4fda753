import { csv } from "#app/_lib/csv.ts";
import { getUsageSeries } from "#core/usage/get-usage-series.ts";

/** The table under the chart: a row per bucket, a column per group; times are the bucket's start in UTC. */
export const GET = csv(getUsageSeries, {
  fileName: "usage.csv",
  rows: ({ keys, points }) => [
    ["start (UTC)", ...keys.map((key) => key.label), "total"],
    ...points.map(({ atMs, values }) => {
      const counts = keys.map(({ key }) => values[key] ?? 0);
      return [new Date(atMs).toISOString(), ...counts, counts.reduce((sum, count) => sum + count, 0)];
    }),
  ],
});

import * as format from "#words/format.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { bucketFormatter } from "./axis-time.ts";
import type { LimitStep } from "./limit-steps.ts";
import type { Before, Point, Series } from "./series.ts";

type ChartTableProps = {
  label: string;
  points: readonly Point[];
  series: readonly Series[];
  steps: readonly LimitStep[];
  before?: Before | undefined;
  bucketSeconds: number;
};

const cell = "px-2 py-1 text-right first:pl-0 first:text-left";

/** The numbers of a chart, newest first, in UTC. */
export function ChartTable({ label, points, series, steps, before, bucketSeconds }: ChartTableProps) {
  const print = bucketFormatter(bucketSeconds, "UTC");
  const limits = [...new Set(steps.map((step) => step.label))];
  const rows = points.map((point, index) => ({ point, index })).reverse();
  return (
    <ScrollRegion label={`${label}, table`} className="h-full overflow-auto rounded-md border border-line px-3">
      <table className="w-full">
        <thead className="sticky top-0 bg-panel">
          <tr className="border-line border-b text-ink-3 text-sm">
            <th scope="col" className={`${cell} font-normal`}>
              Time, UTC
            </th>
            {[...series.map((one) => one.label), ...(before ? [before.label] : []), ...limits].map((name) => (
              <th key={name} scope="col" className={`${cell} font-normal`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ point, index }) => (
            <tr key={point.at} className="border-line border-b last:border-0">
              <th scope="row" className={`${cell} whitespace-nowrap font-normal`}>
                {print(point.at)}
              </th>
              {series.map((one) => (
                <td key={one.key} className={cell}>
                  {format.count(point.values[one.key] ?? 0)}
                </td>
              ))}
              {before ? <td className={`${cell} text-ink-3`}>{format.count(before.values[index] ?? 0)}</td> : null}
              {limits.map((name) => (
                <td key={name} className={`${cell} text-ink-3`}>
                  {limitText(steps, name, index)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function limitText(steps: readonly LimitStep[], label: string, index: number): string {
  const step = steps.find((one) => one.label === label && one.first <= index && index <= one.last);
  return step ? format.count(step.value) : "–";
}

"use client"; // Prints the viewer's zone.

import * as format from "#words/format.ts";
import { viewerZone } from "../ui/viewer-zone.ts";
import { bucketFormatter } from "./axis-time.ts";
import type { LimitStep } from "./limit-steps.ts";
import { type Point, type Series, totalOf } from "./series.ts";

type ChartTooltipProps = {
  point: Point;
  series: readonly Series[];
  limits: readonly LimitStep[];
  before?: { label: string; value: number } | undefined;
  bucketSeconds: number;
};

/** One bucket in words: when, in the viewer's zone and UTC, how many of each, and the limits of that time. */
export function ChartTooltip({ point, series, limits, before, bucketSeconds }: ChartTooltipProps) {
  const zone = viewerZone();
  const shown = [...series].reverse();
  const local = zone !== "UTC" && zone !== "Etc/UTC" && bucketSeconds < 86_400;
  return (
    <div
      role="status"
      className="min-w-44 rounded-md border border-line bg-panel px-3 py-2 text-sm text-ink shadow-float tabular-nums"
    >
      <p className="font-medium">
        {local ? `${bucketFormatter(bucketSeconds, zone)(point.at)} in ${format.zoneName(zone)}` : null}
      </p>
      <p className={local ? "pb-1 text-ink-3" : "pb-1 font-medium"}>
        {bucketFormatter(bucketSeconds, "UTC")(point.at)} UTC
      </p>
      {shown.map((one) => (
        <p key={one.key} className="flex items-center gap-2">
          <span aria-hidden data-mark className="size-2.5 rounded-[2px]" style={{ background: one.color }} />
          <span className="flex-1 text-ink-2">{one.label}</span>
          <span>{format.count(point.values[one.key] ?? 0)}</span>
        </p>
      ))}
      {series.length > 1 ? <Row label="total" value={totalOf(point, series)} /> : null}
      {before ? <Row label={before.label} value={before.value} /> : null}
      {limits.map((limit) => (
        <Row key={limit.label} label={limit.label} value={limit.value} />
      ))}
    </div>
  );
}

function Row({ label, value }: { label: string; value: number }) {
  return (
    <p className="flex gap-2 pl-4.5">
      <span className="flex-1 text-ink-3">{label}</span>
      <span className="text-ink-2">{format.count(value)}</span>
    </p>
  );
}

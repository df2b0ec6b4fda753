import type { ReactNode } from "react";
import * as format from "#words/format.ts";
import { cn } from "./cn.ts";

type MeterProps = {
  /** What is measured, for screen readers. */
  label: string;
  value: number;
  /** The value at which the meter is full. */
  limit: number;
  /** Where the value usually is by now; drawn as a tick. */
  usual?: number;
  /** `auto`: warning from 80 %, full from 100 %. `plain` never changes colour. */
  tone?: "auto" | "plain";
  size?: "sm" | "md";
  className?: string;
};

function percentOf(value: number, limit: number): number {
  if (limit <= 0) return value > 0 ? 100 : 0;
  return Math.min(100, Math.max(0, (value / limit) * 100));
}

/** How much of a limit is used. */
export function Meter({ label, value, limit, usual, tone = "auto", size = "md", className }: MeterProps) {
  const percent = percentOf(value, limit);
  const full = tone === "auto" && value >= limit && limit > 0;
  const near = tone === "auto" && !full && percent >= 80;
  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> cannot hold the tick.
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={limit}
      aria-valuenow={Math.min(value, limit)}
      aria-valuetext={`${format.count(value)} of ${format.count(limit)}`}
      className={cn("relative w-full min-w-12", size === "md" ? "h-2" : "h-1.5", className)}
    >
      <div data-mark className="absolute inset-0 overflow-hidden rounded-full bg-chart-grid">
        <div
          data-mark
          className={cn("h-full rounded-full", full ? "bg-chart-over" : near ? "bg-chart-near" : "bg-chart-main")}
          style={{ width: `${percent}%` }}
        />
      </div>
      {usual === undefined ? null : (
        <span
          aria-hidden
          data-mark
          className="absolute -inset-y-0.5 w-0.5 -translate-x-1/2 bg-ink"
          style={{ left: `${percentOf(usual, limit)}%` }}
        />
      )}
    </div>
  );
}

/** A meter with its words under it: left what it means, right the comparison. */
export function MeterWithNote({ note, aside, ...meter }: MeterProps & { note?: ReactNode; aside?: ReactNode }) {
  return (
    <div className="flex flex-col gap-2">
      <Meter {...meter} />
      <div className="flex flex-wrap justify-between gap-x-4 text-sm text-ink-2">
        <span>{note}</span>
        <span className="text-ink-3">{aside}</span>
      </div>
    </div>
  );
}

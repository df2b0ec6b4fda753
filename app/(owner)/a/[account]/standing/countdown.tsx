"use client"; // Counts down.

import { useNow } from "#components/ui/use-now.ts";
import * as format from "#words/format.ts";

/** How long something still lasts. */
export function Countdown({ until }: { until: string }) {
  const now = useNow();
  if (now === null) return null;
  const seconds = Math.round((new Date(until).getTime() - now) / 1000);
  return <span className="tabular-nums">{seconds > 0 ? `ends in ${format.duration(seconds)}` : "ending now"}</span>;
}

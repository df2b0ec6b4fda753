"use client"; // Counts down.

import { formatDuration } from "#components/ui/format.ts";
import { useNow } from "#components/ui/use-now.ts";

/** How long something still lasts. */
export function Countdown({ until }: { until: string }) {
  const now = useNow();
  if (now === null) return null;
  const seconds = Math.round((new Date(until).getTime() - now) / 1000);
  return <span className="tabular-nums">{seconds > 0 ? `ends in ${formatDuration(seconds)}` : "ending now"}</span>;
}

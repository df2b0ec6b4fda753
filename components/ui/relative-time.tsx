"use client"; // Needs the viewer's clock and zone.

import type { Instant } from "#words/format.ts";
import * as format from "#words/format.ts";
import { useNow } from "./use-now.ts";
import { viewerZone } from "./viewer-zone.ts";

type RelativeTimeProps = { at: Instant; className?: string };

/** "3 min ago" or "in 2 days", kept up to date; the exact instant in UTC and local time on hover. */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const now = useNow();
  const instant = new Date(at);
  return (
    <time
      dateTime={instant.toISOString()}
      title={now === null ? format.utc(instant, "exact") : format.bothZones(instant, viewerZone())}
      className={className}
      // The server's clock and the browser's differ by a moment; the next render settles it.
      suppressHydrationWarning
    >
      {format.relative(instant, now ?? Date.now())}
    </time>
  );
}

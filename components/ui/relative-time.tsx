"use client"; // Needs the viewer's clock and zone.

import { formatBothZones, formatRelative, formatUtc, type Instant, viewerZone } from "./format-time.ts";
import { useNow } from "./use-now.ts";

type RelativeTimeProps = { at: Instant; className?: string };

/** "3 min ago" or "in 2 days", kept up to date; the exact instant in UTC and local time on hover. */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const now = useNow();
  const instant = new Date(at);
  return (
    <time
      dateTime={instant.toISOString()}
      title={now === null ? formatUtc(instant, "exact") : formatBothZones(instant, viewerZone())}
      className={className}
      // The server's clock and the browser's differ by a moment; the next render settles it.
      suppressHydrationWarning
    >
      {formatRelative(instant, now ?? Date.now())}
    </time>
  );
}

"use client"; // Needs the viewer's zone.

import type { Instant, TimeStyle } from "#words/format.ts";
import * as format from "#words/format.ts";
import { useHydrated } from "./use-hydrated.ts";
import { viewerZone } from "./viewer-zone.ts";

type ZonedTimeProps = {
  at: Instant;
  style?: TimeStyle;
  /** `utc` prints UTC; `viewer` the viewer's zone; `both` "13:12 in Berlin · 12:12 UTC". */
  zone?: "utc" | "viewer" | "both";
  className?: string;
};

/** An instant in a zone that is always named or on hover. UTC until the browser has told its zone. */
export function ZonedTime({ at, style = "dateTime", zone = "viewer", className }: ZonedTimeProps) {
  const hydrated = useHydrated();
  const instant = new Date(at);
  const local = hydrated ? viewerZone() : "UTC";
  return (
    <time
      dateTime={instant.toISOString()}
      title={hydrated ? format.bothZones(instant, local) : format.utc(instant, "exact")}
      className={className}
    >
      {textOf(instant, style, zone, local)}
    </time>
  );
}

function textOf(at: Date, style: TimeStyle, zone: "utc" | "viewer" | "both", local: string): string {
  const isUtc = local === "UTC" || local === "Etc/UTC";
  if (zone === "utc" || isUtc) return format.utc(at, style);
  const text = format.inZone(at, style, local);
  return zone === "viewer" ? text : `${text} in ${format.zoneName(local)} · ${format.utc(at, "time")}`;
}

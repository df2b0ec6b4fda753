import * as format from "#words/format.ts";
import { viewerZone } from "../ui/viewer-zone.ts";

/** Which clock an axis shows. Quota days are UTC days; everything else is in the viewer's zone. */
export type AxisZone = "viewer" | "utc";

const minute = 60;
const hour = 3_600;
const day = 86_400;

function optionsFor(bucketSeconds: number, spanSeconds: number): Intl.DateTimeFormatOptions {
  if (bucketSeconds >= 28 * day) return { month: "short", year: "numeric" };
  // Beyond a week a weekday comes twice, and ticks stand at midnight.
  if (bucketSeconds >= day || spanSeconds > 7 * day) return { day: "numeric", month: "short" };
  if (spanSeconds > 2 * day) return { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (bucketSeconds < minute) return { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
  return { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
}

/** Prints the start of a bucket on an axis; the shape depends on the size of the bucket and the whole span. */
export function axisFormatter(bucketSeconds: number, spanSeconds: number, zone: AxisZone): (at: string) => string {
  // A bucket of a day or more is a UTC day: in another zone its start would carry the name of the day before.
  const timeZone = zone === "utc" || bucketSeconds >= day ? "UTC" : viewerZone();
  const formatter = new Intl.DateTimeFormat(format.locale, { ...optionsFor(bucketSeconds, spanSeconds), timeZone });
  return (at) => formatter.format(new Date(at));
}

/** Prints a whole bucket, "24 Nov, 12:05 – 12:06", in one zone. */
export function bucketFormatter(bucketSeconds: number, timeZone: string): (at: string) => string {
  const withTime = new Intl.DateTimeFormat(format.locale, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...(bucketSeconds < minute ? { second: "2-digit" } : {}),
    hourCycle: "h23",
    timeZone,
  });
  // Where the clock changes within a bucket, its two ends are given with what they are from UTC: they may read alike.
  const withOffset = new Intl.DateTimeFormat(format.locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "shortOffset",
    timeZone,
  });
  const offsetOf = (at: Date) => withOffset.formatToParts(at).find((part) => part.type === "timeZoneName")?.value;
  const dateOnly = new Intl.DateTimeFormat(format.locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone,
  });
  if (bucketSeconds >= day) return (at) => dateOnly.format(new Date(at));
  return (at) => {
    const start = new Date(at);
    const end = new Date(start.getTime() + bucketSeconds * 1000);
    if (offsetOf(start) !== offsetOf(end)) {
      return `${withTime.format(start)} ${offsetOf(start)} – ${withOffset.format(end)}`;
    }
    return withTime.formatRange(start, end);
  };
}

const roundSeconds = [1, 5, 10, 15, 30]
  .concat([1, 2, 5, 10, 15, 30].map((n) => n * minute))
  .concat([1, 2, 3, 6, 12].map((n) => n * hour))
  .concat([1, 2, 7, 14, 28, 56, 112].map((n) => n * day));

/** Width in pixels that one tick label needs. */
const tickWidth = 80;

/** How far a zone's clock is behind UTC at an instant, in seconds; negative = ahead. */
function secondsBehindUtc(at: Date, timeZone: string): number {
  if (timeZone === "UTC") return 0;
  // The Swedish form is that of ISO 8601.
  const wall = at.toLocaleString("sv-SE", { timeZone }).replace(" ", "T");
  return Math.round((at.getTime() - Date.parse(`${wall}Z`)) / 60_000) * minute;
}

/** Indexes of the buckets that get a tick: those that start at a round time, no more than fit in `width` pixels. */
export function tickIndexes(points: readonly { at: string }[], bucketSeconds: number, width: number, zone: AxisZone) {
  const most = Math.max(2, Math.floor(width / tickWidth));
  const timeZone = zone === "utc" || bucketSeconds >= day ? "UTC" : viewerZone();
  const starts = points.map((point) => {
    const at = new Date(point.at);
    return { at, offset: secondsBehindUtc(at, timeZone) };
  });
  const every = (step: number) =>
    starts.flatMap(({ at, offset }, index) => {
      // Weeks start on a Monday; 1970 began on a Thursday.
      const shift = step % (7 * day) === 0 ? 3 * day : 0;
      return (at.getTime() / 1000 - offset + shift) % step < bucketSeconds ? [index] : [];
    });
  for (const step of roundSeconds) {
    if (step < bucketSeconds) continue;
    const indexes = every(step);
    if (indexes.length <= most) return indexes;
  }
  return points.length > 0 ? [0] : [];
}

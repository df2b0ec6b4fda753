/** Which clock an axis shows. Quota days are UTC days; everything else is in the viewer's zone. */
export type AxisZone = "viewer" | "utc";

const minute = 60;
const hour = 3_600;
const day = 86_400;

function optionsFor(bucketSeconds: number, spanSeconds: number): Intl.DateTimeFormatOptions {
  if (bucketSeconds >= 28 * day) return { month: "short", year: "numeric" };
  if (bucketSeconds >= day) return { day: "numeric", month: "short" };
  if (spanSeconds > 2 * day) return { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (bucketSeconds < minute) return { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
  return { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
}

/** Prints the start of a bucket on an axis; the shape depends on the size of the bucket and the whole span. */
export function axisFormatter(bucketSeconds: number, spanSeconds: number, zone: AxisZone): (at: string) => string {
  // A bucket of a day or more is a UTC day: in another zone its start would carry the name of the day before.
  const timeZone = zone === "utc" || bucketSeconds >= day ? "UTC" : undefined;
  const formatter = new Intl.DateTimeFormat("en-GB", { ...optionsFor(bucketSeconds, spanSeconds), timeZone });
  return (at) => formatter.format(new Date(at));
}

/** Prints a whole bucket, "24 Nov, 12:05 – 12:06", in one zone. */
export function bucketFormatter(bucketSeconds: number, timeZone: string): (at: string) => string {
  const withTime = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...(bucketSeconds < minute ? { second: "2-digit" } : {}),
    hourCycle: "h23",
    timeZone,
  });
  const dateOnly = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone });
  if (bucketSeconds >= day) return (at) => dateOnly.format(new Date(at));
  return (at) => {
    const start = new Date(at);
    const end = new Date(start.getTime() + bucketSeconds * 1000);
    return withTime.formatRange(start, end);
  };
}

/** Indexes of the buckets that get a tick: first, last and evenly between, no more than fit in `width` pixels. */
export function tickIndexes(count: number, width: number, tickWidth = 96): number[] {
  if (count === 0) return [];
  const wanted = Math.max(2, Math.min(count, Math.floor(width / tickWidth) + 1));
  if (count <= 2) return Array.from({ length: count }, (_, index) => index);
  const step = (count - 1) / (wanted - 1);
  return [...new Set(Array.from({ length: wanted }, (_, index) => Math.round(index * step)))];
}

export const secondsOf = { minute, hour, day } as const;

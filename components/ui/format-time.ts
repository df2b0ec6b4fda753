import { formatDurationShort } from "./format.ts";

/** An instant: a Date, an ISO string, or milliseconds since 1970. */
export type Instant = Date | string | number;

/** How much of an instant to print. */
export type TimeStyle = "time" | "date" | "dateTime" | "exact";

const shapes: Record<TimeStyle, Intl.DateTimeFormatOptions> = {
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  date: { day: "numeric", month: "short", year: "numeric" },
  dateTime: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  exact: {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  },
};

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Prints an instant in a zone (IANA name), without naming the zone. */
export function formatInZone(at: Instant, style: TimeStyle, timeZone: string): string {
  const key = `${style} ${timeZone}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-GB", { ...shapes[style], timeZone });
    formatters.set(key, formatter);
  }
  return formatter.format(new Date(at));
}

/** "24 Nov, 12:12 UTC". */
export function formatUtc(at: Instant, style: TimeStyle = "dateTime"): string {
  const text = formatInZone(at, style, "UTC");
  return style === "date" ? text : `${text} UTC`;
}

/** The zone of whoever runs this code; only meaningful in a browser. */
export function viewerZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Spellings that browsers still give and the cities no longer use. */
const newNames: Record<string, string> = {
  Calcutta: "Kolkata",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Rangoon: "Yangon",
  Saigon: "Ho Chi Minh City",
};

/** "Europe/Berlin" → "Berlin"; "UTC" stays. */
export function zoneName(timeZone: string): string {
  const city = (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
  return newNames[city] ?? city;
}

/** "3 min ago", "in 2 days", "just now" within ten seconds. `now` in milliseconds. */
export function formatRelative(at: Instant, now: number): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  if (Math.abs(seconds) < 10) return "just now";
  return seconds < 0 ? `${formatDurationShort(-seconds)} ago` : `in ${formatDurationShort(seconds)}`;
}

/** The exact instant in UTC and, when the viewer's zone is another, in that too. */
export function formatBothZones(at: Instant, timeZone: string): string {
  const utc = formatUtc(at, "exact");
  if (timeZone === "UTC" || timeZone === "Etc/UTC") return utc;
  return `${utc}\n${formatInZone(at, "exact", timeZone)} in ${zoneName(timeZone)}`;
}

import { locale } from "./locale.ts";
import { durationShort, toNearestUnit } from "./numbers.ts";
import { zoneName } from "./time-zones.ts";

/** An instant: a Date, an ISO string, or milliseconds since 1970. */
export type Instant = Date | string | number;

/** How much of an instant to print. `long` for what may lie in another year: an end, a history. */
export type TimeStyle = "time" | "date" | "dateTime" | "long" | "exact";

const shapes: Record<TimeStyle, Intl.DateTimeFormatOptions> = {
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  date: { day: "numeric", month: "short", year: "numeric" },
  dateTime: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  long: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
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
export function inZone(at: Instant, style: TimeStyle, timeZone: string): string {
  const key = `${style} ${timeZone}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, { ...shapes[style], timeZone });
    formatters.set(key, formatter);
  }
  return formatter.format(new Date(at));
}

/** "24 Nov, 12:12 UTC". */
export function utc(at: Instant, style: TimeStyle = "dateTime"): string {
  const text = inZone(at, style, "UTC");
  return style === "date" ? text : `${text} UTC`;
}

/** "3 min ago", "in 2 days", "just now" within ten seconds. What is past is rounded down, what is to come to the nearest. `now` in milliseconds. */
export function relative(at: Instant, now: number): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  if (Math.abs(seconds) < 10) return "just now";
  return seconds < 0 ? `${durationShort(-seconds)} ago` : `in ${durationShort(toNearestUnit(seconds))}`;
}

/** The exact instant in UTC and, when the viewer's zone is another, in that too. */
export function bothZones(at: Instant, timeZone: string): string {
  const first = utc(at, "exact");
  if (timeZone === "UTC" || timeZone === "Etc/UTC") return first;
  return `${first}\n${inZone(at, "exact", timeZone)} in ${zoneName(timeZone)}`;
}

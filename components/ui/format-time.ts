import { formatDurationShort, toNearestUnit } from "./format.ts";

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

/** The zone the viewer has chosen (`data-time-zone` of the document), or else their browser's; only meaningful in a browser. */
export function viewerZone(): string {
  const chosen = typeof document === "undefined" ? undefined : document.documentElement.dataset.timeZone;
  return chosen ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Spellings that browsers still give and the cities no longer use. */
const newNames: Record<string, string> = {
  Calcutta: "Kolkata",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Rangoon: "Yangon",
  Saigon: "Ho Chi Minh",
};

/** "Europe/Berlin" → "Berlin"; "UTC" stays. */
export function zoneName(timeZone: string): string {
  const city = (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
  return newNames[city] ?? city;
}

/** Every zone a person can choose, by its present name, in the order of the alphabet. */
export function knownZones(): string[] {
  const named = Intl.supportedValuesOf("timeZone").map((zone) => {
    const at = zone.lastIndexOf("/") + 1;
    const city = newNames[zone.slice(at)];
    return city ? zone.slice(0, at) + city.replaceAll(" ", "_") : zone;
  });
  return ["UTC", ...named.filter((zone) => zone !== "UTC").sort()];
}

/** "3 min ago", "in 2 days", "just now" within ten seconds. What is past is rounded down, what is to come to the nearest. `now` in milliseconds. */
export function formatRelative(at: Instant, now: number): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  if (Math.abs(seconds) < 10) return "just now";
  return seconds < 0 ? `${formatDurationShort(-seconds)} ago` : `in ${formatDurationShort(toNearestUnit(seconds))}`;
}

/** The exact instant in UTC and, when the viewer's zone is another, in that too. */
export function formatBothZones(at: Instant, timeZone: string): string {
  const utc = formatUtc(at, "exact");
  if (timeZone === "UTC" || timeZone === "Etc/UTC") return utc;
  return `${utc}\n${formatInZone(at, "exact", timeZone)} in ${zoneName(timeZone)}`;
}

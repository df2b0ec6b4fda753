const longestTime = 40;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** `17/May/2015:10:05:03 +0000`, with or without a fraction of the second. */
const commonShape = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))? ([+-]\d{4})$/;
/** ISO 8601, as nginx writes `$time_iso8601`: `2015-05-17T10:05:03.250+00:00`. */
const isoShape = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))? ?(Z|[+-]\d{2}(?::?\d{2})?)$/;
/** Seconds since 1970 with a fraction, nginx's `$msec`. */
const epochShape = /^(\d{9,11})\.(\d{1,9})$/;

/** The last time in brackets before the request, in epoch milliseconds, and where its bracket is: a user's name may hold brackets too. */
export function readTime(head: string): { atMs: number; start: number } | null {
  for (let start = head.lastIndexOf("["); start > 0; start = head.lastIndexOf("[", start - 1)) {
    const end = head.indexOf("]", start);
    if (head[start - 1] !== " " || end === -1 || end - start > longestTime) continue;
    const atMs = parseTime(head.slice(start + 1, end));
    if (atMs !== null) return { atMs, start };
  }
  return null;
}

function parseTime(text: string): number | null {
  const common = commonShape.exec(text);
  if (common) {
    const [, day = "", month = "", year = "", hour = "", minute = "", second = "", fraction = "", zone = ""] = common;
    return timeOf({ year, month: months.indexOf(month) + 1, day, hour, minute, second, fraction, zone });
  }
  const iso = isoShape.exec(text);
  if (iso) {
    const [, year = "", month = "", day = "", hour = "", minute = "", second = "", fraction = "", zone = ""] = iso;
    return timeOf({ year, month: Number(month), day, hour, minute, second, fraction, zone });
  }
  const [, seconds, fraction = ""] = epochShape.exec(text) ?? [];
  return seconds === undefined ? null : Number(seconds) * 1000 + millisecondsOf(fraction);
}

type Parts = Record<"year" | "day" | "hour" | "minute" | "second" | "fraction" | "zone", string> & { month: number };

function timeOf({ year, month, day, hour, minute, second, fraction, zone }: Parts): number | null {
  const minuteMs = Date.UTC(Number(year), month - 1, Number(day), Number(hour), Number(minute));
  const read = new Date(minuteMs);
  // Date.UTC turns the 31st of April into the 1st of May; a log that says so is wrong.
  const isReal =
    month >= 1 &&
    read.getUTCMonth() === month - 1 &&
    read.getUTCDate() === Number(day) &&
    read.getUTCHours() === Number(hour);
  if (!isReal || Number(minute) > 59 || Number(second) > 60 || Number(year) < 1980) return null;
  return minuteMs + Number(second) * 1000 + millisecondsOf(fraction) - zoneMs(zone);
}

function millisecondsOf(fraction: string): number {
  return Number(fraction.padEnd(3, "0").slice(0, 3));
}

/** `+0230`, `+02:30`, `+02`, `Z`. */
function zoneMs(zone: string): number {
  if (zone === "Z") return 0;
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
  const ms = (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
  return zone.startsWith("-") ? -ms : ms;
}

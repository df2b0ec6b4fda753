import { dayMs } from "./time.ts";

/** RFC 3339 with its zone, or a date alone. Seconds may be left out, as programs without a clock of seconds write it. */
const shape =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:([Zz])|([+-])(\d\d):(\d\d)))?$/;

/** What a date alone stands for: a date is the whole day in UTC, so a beginning is its first moment and an end the next day's. */
export type DateMeans = "beginning" | "end";

/**
 * Reads a time as text, in ms since the epoch; null = it is none, does not exist (29 February 2027), or leaves its zone to guess.
 * JavaScript's own reader takes all of these, and `12/01/2026` as the first of December.
 */
export function readTime(text: string, dateMeans: DateMeans): number | null {
  const match = shape.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction, , sign, zoneHour, zoneMinute] = match;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const date = new Date(Date.UTC(2000, m - 1, d));
  date.setUTCFullYear(y, m - 1, d);
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return null;
  if (hour === undefined) return date.getTime() + (dateMeans === "end" ? dayMs : 0);
  const [h, min, s] = [Number(hour), Number(minute), Number(second ?? 0)];
  const [zh, zm] = [Number(zoneHour ?? 0), Number(zoneMinute ?? 0)];
  if (h > 23 || min > 59 || s > 59 || zh > 23 || zm > 59) return null;
  const ms = Number(`${fraction ?? ""}000`.slice(0, 3));
  const zoneMinutes = (zh * 60 + zm) * (sign === "-" ? -1 : 1);
  return date.getTime() + ((h * 60 + min - zoneMinutes) * 60 + s) * 1_000 + ms;
}

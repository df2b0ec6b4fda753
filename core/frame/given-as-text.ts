import { z } from "zod";
import { type DateMeans, readTime } from "../rules/read-time.ts";

/**
 * A number, or the text of one: forms and query strings have nothing else. Whatever else a caller sends stays what it is and is
 * refused; zod's own coercion makes 0 of null, of an empty list and of an empty text.
 */
export function numberOrText<Schema extends z.ZodNumber>(schema: Schema) {
  return z.preprocess((given) => (isText(given) ? Number(given) : given), schema);
}

/** Years that Postgres, JavaScript and ISO 8601 agree on without a sign. */
const earliest = new Date("0001-01-01T00:00:00Z");
const latest = new Date("9999-12-31T23:59:59.999Z");

/**
 * The same for a time in the years 1 to 9999: RFC 3339 with its zone, or a date, which stands for its first moment in UTC. A number is
 * none: nobody can tell its unit.
 */
export function timeOrText(message?: string) {
  return timeFromText("beginning", message);
}

/** The same for the end of something: a date stands for the whole day, so it ends with the day in UTC. */
export function endOrText(message?: string) {
  return timeFromText("end", message);
}

function timeFromText(dateMeans: DateMeans, message?: string) {
  const read = (given: unknown) => {
    const ms = isText(given) ? readTime(given, dateMeans) : null;
    return ms === null ? given : new Date(ms);
  };
  return z.preprocess(read, z.date(message).min(earliest).max(latest));
}

function isText(given: unknown): given is string {
  return typeof given === "string" && given.trim() !== "";
}

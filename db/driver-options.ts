import type { PostgresType } from "postgres";
import { parse as parseArray } from "postgres-array";

type Parse = (text: string) => unknown;

const asText: Parse = (text) => text;
const asJson: Parse = (text) => JSON.parse(text);
const asDate: Parse = (text) => new Date(text);

/** The array types of Postgres that we read or send, by the number that every Postgres gives them, with how one element is read. */
const arrayTypes: Record<number, Parse> = {
  199: asJson, // json[]
  651: asText, // cidr[]
  1003: asText, // name[], of the catalogues
  1000: (text) => text === "t", // boolean[]
  1005: Number, // smallint[]
  1007: Number, // integer[]
  1009: asText, // text[]
  1015: asText, // varchar[]
  1016: asText, // bigint[]
  1022: Number, // double precision[]
  1041: asText, // inet[]
  1115: asDate, // timestamp[]
  1182: asDate, // date[]
  1185: asDate, // timestamptz[]
  1231: asText, // numeric[]
  2951: asText, // uuid[]
  3807: asJson, // jsonb[]
};

/**
 * What every connection is opened with. Left to itself, the driver (postgres 3.4) asks each new connection for the server's array
 * types; when that one statement is cut off, as by a database that restarts, nobody hears the failure and Node ends the process.
 * Without it, `reserve()` on a pool that has no connection yet never resolves: use a pool of one instead.
 */
export const driverOptions = {
  fetch_types: false,
  types: Object.fromEntries(Object.entries(arrayTypes).map(([oid, parse]) => [oid, arrayType(Number(oid), parse)])),
};

function arrayType(oid: number, parse: Parse): PostgresType {
  return { to: oid, from: [oid], serialize: arrayText, parse: (text: string) => parseArray(text, parse) };
}

/** An array as Postgres reads it; what is no array passes as it is, since drizzle writes its own. */
function arrayText(value: unknown): unknown {
  return Array.isArray(value) ? `{${value.map(elementText).join()}}` : value;
}

function elementText(value: unknown): unknown {
  if (value === null) return "null";
  if (value === undefined) throw new Error("An array for the database holds an element that is undefined.");
  if (Array.isArray(value)) return arrayText(value);
  return `"${plainText(value).replace(/["\\]/g, "\\$&")}"`;
}

function plainText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

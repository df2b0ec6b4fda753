import { once } from "node:events";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { TransactionSql } from "postgres";

/** Fewer rows are sent as arrays: a COPY has to wait for the server twice, which only pays for many. */
export const manyRows = 2_000;

const charactersAtOnce = 65_536;
const special = /[\\\n\r\t]/;
const specials = /[\\\n\r\t]/g;
const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Whether so many rows go through a temporary table: sent and read at half the price of arrays, where the role may make one. */
export async function goesByCopy(tx: TransactionSql, rows: number): Promise<boolean> {
  if (rows < manyRows) return false;
  const [may] = await tx`select has_database_privilege(current_database(), 'TEMPORARY') as may`;
  return may?.may === true;
}

/** Writes rows into the COPY that was begun; `of` gives a row's line, in which only texts that a client chose need `copyText`. */
export async function copyRows<T>(into: Promise<Writable>, rows: readonly T[], of: (row: T) => string): Promise<void> {
  const out = await into;
  const done = finished(out);
  let text = "";
  for (const row of rows) {
    text += of(row);
    if (text.length < charactersAtOnce) continue;
    // A COPY that fails ends the stream, which then never drains.
    if (!out.write(text)) await Promise.race([once(out, "drain"), done]);
    text = "";
  }
  out.end(text);
  await done;
}

/** A text or null as a field of COPY. */
export function copyText(text: string | null): string {
  if (text === null) return "\\N";
  return special.test(text) ? text.replace(specials, (one) => escapes[one] ?? one) : text;
}

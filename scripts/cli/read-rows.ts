import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import type { z } from "zod";

export type RowFormat = "csv" | "jsonl";
export type ReadRow<Row> = { line: number; row: Row } | { line: number; why: string };

type Options<Schema extends z.ZodType> = {
  format: RowFormat;
  /** What a row must be. */
  schema: Schema;
  /** From the cells of a CSV line that are not empty, by column, to what `schema` takes. */
  fromCells: (cells: Record<string, string>) => unknown;
  onBytes: (bytes: number) => void;
};

/** The format that a file's name tells. Throws when it tells none. */
export function formatOf(file: string): RowFormat {
  const kind = /\.(csv|jsonl|ndjson)(\.gz)?$/i.exec(file)?.[1]?.toLowerCase();
  if (kind === undefined)
    throw new Error("The file's name does not tell its format; add --format csv or --format jsonl.");
  return kind === "csv" ? "csv" : "jsonl";
}

/**
 * Reads rows of a CSV file with a header line, or of JSON Lines, plain or gzip, one after the other: no more of the file is read than the
 * rows asked for and a buffer.
 */
export async function* readRows<Schema extends z.ZodType>(
  file: string,
  { format, onBytes, ...options }: Options<Schema>,
): AsyncGenerator<ReadRow<z.output<Schema>>> {
  const bytes = createReadStream(file);
  bytes.on("data", (part) => onBytes(part.length));
  const source: Readable = file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  // A failure to read belongs to who reads the end of the pipe.
  bytes.on("error", (error) => source.destroy(error));
  const given = format === "csv" ? fromCsv(source, options.fromCells) : fromJsonLines(source);
  for await (const { line, value } of given) yield checked(options.schema, line, value);
}

type Given = { line: number; value: unknown };

async function* fromCsv(
  source: Readable,
  fromCells: (cells: Record<string, string>) => unknown,
): AsyncGenerator<Given> {
  const parser = source.pipe(parse({ columns: true, bom: true, trim: true, skip_empty_lines: true, info: true }));
  source.on("error", (error) => parser.destroy(error));
  for await (const { record, info } of parser as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>) {
    const cells = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ""));
    yield { line: info.lines, value: fromCells(cells) };
  }
}

async function* fromJsonLines(source: Readable): AsyncGenerator<Given> {
  let line = 0;
  for await (const text of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() !== "") yield { line, value: parsed(text) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function checked<Schema extends z.ZodType>(schema: Schema, line: number, given: unknown): ReadRow<z.output<Schema>> {
  const result = schema.safeParse(given);
  if (result.success) return { line, row: result.data };
  const [issue] = result.error.issues;
  const where = issue?.path.join(".");
  return { line, why: where ? `${where}: ${issue?.message}` : "This is not a row." };
}

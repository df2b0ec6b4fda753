import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { type ImportRow, importRow } from "#core/tokens/import-tokens.ts";

export type ReadRow = { line: number; row: ImportRow } | { line: number; why: string };

type Options = { format: "csv" | "jsonl"; onBytes: (bytes: number) => void };

/**
 * Reads rows of a CSV file with a header line, or of JSON Lines, plain or gzip, one after the other. CSV columns: account, name,
 * sha256, scopes (separated by spaces), expiresAt, preview; the last three may be missing.
 */
export async function* readRows(file: string, { format, onBytes }: Options): AsyncGenerator<ReadRow> {
  const bytes = createReadStream(file);
  bytes.on("data", (part) => onBytes(part.length));
  const source: Readable = file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  // A failure to read belongs to who reads the end of the pipe.
  bytes.on("error", (error) => source.destroy(error));
  yield* format === "csv" ? fromCsv(source) : fromJsonLines(source);
}

async function* fromCsv(source: Readable): AsyncGenerator<ReadRow> {
  const parser = source.pipe(parse({ columns: true, bom: true, trim: true, skip_empty_lines: true, info: true }));
  source.on("error", (error) => parser.destroy(error));
  for await (const { record, info } of parser as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>) {
    const { scopes, ...rest } = record;
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ""));
    yield checked(info.lines, { ...given, scopes: (scopes ?? "").split(/\s+/).filter((name) => name !== "") });
  }
}

async function* fromJsonLines(source: Readable): AsyncGenerator<ReadRow> {
  let line = 0;
  for await (const text of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === "") continue;
    yield checked(line, parsed(text));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function checked(line: number, given: unknown): ReadRow {
  const result = importRow.safeParse(given);
  if (result.success) return { line, row: result.data };
  const [issue] = result.error.issues;
  const where = issue?.path.join(".");
  return { line, why: where ? `${where}: ${issue?.message}` : "This is not a row." };
}

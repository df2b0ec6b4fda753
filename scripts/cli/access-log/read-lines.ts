import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import { maxLineLength } from "./parse-line.ts";

/** Number as in an editor, from 1. */
export type Line = { number: number; text: string };

/**
 * The lines of a file in arrays as they come, unpacked when it is gzip: the file is never held whole. Of a line that is
 * longer than any that is read only the beginning is kept. `onBytes` sees the file as it lies on disk.
 * Throws a sentence when the file cannot be read or its gzip is damaged.
 */
export async function* readLines(
  file: string,
  onBytes: (bytes: Buffer) => void = () => undefined,
): AsyncGenerator<Line[]> {
  try {
    const isPacked = await isGzip(file);
    const source = createReadStream(file, { highWaterMark: 256 * 1024 });
    const unpacked = isPacked ? source.pipe(createGunzip()) : source;
    source.on("data", (chunk) => onBytes(Buffer.from(chunk)));
    source.on("error", (error) => unpacked.destroy(error));
    yield* splitLines(unpacked);
  } catch (error) {
    throw new Error(`${file} cannot be read: ${reasonOf(error)}`, { cause: undefined });
  }
}

async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  const decoder = new StringDecoder("utf8");
  let number = 0;
  let rest = "";
  let isFirst = true;
  for await (const chunk of chunks) {
    const text = decoder.write(chunk);
    // A byte-order mark belongs to the file, not to its first line.
    const parts = (rest + (isFirst && text.startsWith("\ufeff") ? text.slice(1) : text)).split("\n");
    isFirst &&= text === "";
    rest = (parts.pop() ?? "").slice(0, maxLineLength + 1);
    if (parts.length === 0) continue;
    yield parts.map((text) => ({ number: ++number, text: text.endsWith("\r") ? text.slice(0, -1) : text }));
  }
  rest += decoder.end();
  if (rest !== "") yield [{ number: number + 1, text: rest }];
}

/** By its first two bytes (RFC 1952), whatever its name says. */
async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known: Record<string, string> = {
    ENOENT: "there is no such file.",
    EACCES: "you may not read it.",
    EISDIR: "it is a folder.",
    Z_BUF_ERROR: "its gzip ends too early.",
    Z_DATA_ERROR: "its gzip is damaged.",
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}

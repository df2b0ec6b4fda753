import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { segmentMark, segmentName } from "./journal-segments.ts";
import { sizeOf } from "./read-journal.ts";

/** A line lies in `bytes` from `start` to before `end`, where its line feed stands; the bytes are overwritten afterwards. */
export type LineReader = (bytes: Buffer, start: number, end: number) => void;

const lineEnd = 0x0a;
const mark = Buffer.from(segmentMark, "latin1");

/**
 * Reads complete lines of one segment from `offset`, nothing behind `limit`, into a buffer that is used again and again: as
 * `readChunk`, but without an object for each line. Returns where the next read begins.
 */
export function scanLines(
  folder: string,
  segment: number,
  offset: number,
  limit: number,
  buffer: Buffer,
  onLine: LineReader,
): number {
  const fd = openSync(join(folder, segmentName(segment)), "r");
  try {
    const wanted = Math.max(0, Math.min(buffer.length, limit - offset, sizeOf(folder, segment) - offset));
    const read = readSync(fd, buffer, 0, wanted, offset);
    let start = 0;
    for (;;) {
      const end = buffer.indexOf(lineEnd, start);
      if (end === -1 || end >= read) return offset + start;
      if (end > start && !isMark(buffer, start)) onLine(buffer, start, end);
      start = end + 1;
    }
  } finally {
    closeSync(fd);
  }
}

function isMark(bytes: Buffer, start: number): boolean {
  return bytes[start] === mark[0] && bytes.subarray(start, start + mark.length).equals(mark);
}

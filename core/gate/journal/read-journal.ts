import { closeSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { decodeRecord, type JournalRecord } from "./journal-line.ts";
import { segmentMark, segmentName } from "./journal-segments.ts";

export type JournalChunk = {
  records: JournalRecord[];
  /** Lines that are no record of a known version: damaged, and not counted. */
  damaged: number;
  /** Where the next read begins. */
  nextOffset: number;
  /** Nothing more can come out of this segment as it is now; a torn last line is behind `nextOffset` for good. */
  isAtEnd: boolean;
};

const lineEnd = 0x0a;

/**
 * Reads complete lines of one segment from `offset`, at most about `maxBytes`, nothing behind `limit`.
 * A line without its end is left alone: either it is being written, or its writer died before it answered.
 */
export function readChunk(
  folder: string,
  segment: number,
  offset: number,
  limit: number,
  maxBytes = 4 << 20,
): JournalChunk {
  const fd = openSync(join(folder, segmentName(segment)), "r");
  try {
    const buffer = Buffer.allocUnsafe(
      Math.max(0, Math.min(maxBytes, limit - offset, sizeOf(folder, segment) - offset)),
    );
    const read = readSync(fd, buffer, 0, buffer.length, offset);
    const end = buffer.subarray(0, read).lastIndexOf(lineEnd) + 1;
    const { records, damaged } = decodeLines(buffer.toString("latin1", 0, end));
    return { records, damaged, nextOffset: offset + end, isAtEnd: end === 0 || read < maxBytes };
  } finally {
    closeSync(fd);
  }
}

export function sizeOf(folder: string, segment: number): number {
  return statSync(join(folder, segmentName(segment))).size;
}

/** When the segment was last written, epoch milliseconds. */
export function writtenAtMs(folder: string, segment: number): number {
  return statSync(join(folder, segmentName(segment))).mtimeMs;
}

function decodeLines(text: string): { records: JournalRecord[]; damaged: number } {
  const records: JournalRecord[] = [];
  let damaged = 0;
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith(segmentMark)) continue;
    const record = decodeRecord(line);
    if (record) records.push(record);
    else damaged++;
  }
  return { records, damaged };
}

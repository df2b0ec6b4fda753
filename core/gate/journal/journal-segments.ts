import { readdirSync } from "node:fs";

const suffix = ".journal";
const shape = /^\d{12}\.journal$/;

/** First line of each segment: not a record, so that a segment says what it is. */
export const segmentMark = "gatehouse-journal";

export function segmentName(number: number): string {
  return `${String(number).padStart(12, "0")}${suffix}`;
}

/** 0 = not the name of a segment. */
export function segmentNumber(name: string): number {
  return shape.test(name) ? Number(name.slice(0, 12)) : 0;
}

/** Numbers of the segments in a folder, oldest first. */
export function listSegments(folder: string): number[] {
  return readdirSync(folder)
    .map(segmentNumber)
    .filter((number) => number > 0)
    .sort((a, b) => a - b);
}

import { type LogEntry, parseLine } from "./parse-line.ts";
import { readLines } from "./read-lines.ts";

export type NumberedEntry = LogEntry & { line: number };

/** A line that is no request: its number and why. */
export type BadLine = { line: number; why: string };

type Watchers = {
  onBytes?: (bytes: Buffer) => void;
  onLines?: (count: number) => void;
  onBad?: (bad: BadLine) => void;
};

/** The requests of an access log, one by one; at most `limit`. Empty lines are passed over, others that do not parse told. */
export async function* readEntries(
  file: string,
  limit: number,
  { onBytes, onLines, onBad }: Watchers = {},
): AsyncGenerator<NumberedEntry> {
  let left = limit;
  for await (const lines of readLines(file, onBytes)) {
    onLines?.(lines.length);
    for (const { number, text } of lines) {
      // The rest is still read: the file's hash is over all of it.
      if (left <= 0) break;
      if (text.trim() === "") continue;
      const parsed = parseLine(text);
      if (parsed.ok) {
        left -= 1;
        yield { ...parsed.entry, line: number };
      } else {
        onBad?.({ line: number, why: parsed.why });
      }
    }
    if (left <= 0 && !onBytes) return;
  }
}

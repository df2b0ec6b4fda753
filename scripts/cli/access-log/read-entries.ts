import { type LogEntry, parseLine } from "./parse-line.ts";
import { readLines } from "./read-lines.ts";

export type NumberedEntry = LogEntry & { line: number };

/** A line that is left out: its number and why. */
export type LeftOut = { line: number; why: string };

/** How a log is read. */
export type Reading = {
  /** At most so many requests. */
  limit: number;
  nowMs: number;
  /** `requests`: all of them, to be sent again. `history`: those that were let through. */
  kind: "requests" | "history";
};

type Watchers = {
  onBytes?: (bytes: Buffer) => void;
  onLines?: (count: number) => void;
  onLeftOut?: (line: LeftOut) => void;
};

/** Clocks of two machines differ; a line that is later than this is not of now. */
const clockSlackMs = 5 * 60_000;
/** Who is answered so has not used the API. */
const refusals: readonly (number | null)[] = [401, 403, 429];

/** The requests of an access log, one by one. Empty lines are passed over, others that are left out are told. */
export async function* readEntries(
  file: string,
  reading: Reading,
  { onBytes, onLines, onLeftOut }: Watchers = {},
): AsyncGenerator<NumberedEntry> {
  let left = reading.limit;
  for await (const lines of readLines(file, onBytes)) {
    onLines?.(lines.length);
    for (const { number, text } of lines) {
      // The rest is still read: the file's hash is over all of it.
      if (left <= 0) break;
      if (text.trim() === "") continue;
      const parsed = parseLine(text);
      const why = parsed.ok ? notTaken(parsed.entry, reading) : parsed.why;
      if (parsed.ok && why === null) {
        left -= 1;
        yield { ...parsed.entry, line: number };
      } else {
        onLeftOut?.({ line: number, why: why ?? "" });
      }
    }
    if (left <= 0 && !onBytes) return;
  }
}

function notTaken({ atMs, status }: LogEntry, { nowMs, kind }: Reading): string | null {
  if (atMs > nowMs + clockSlackMs) return "is of the future";
  if (kind === "history" && refusals.includes(status)) return `was refused, with status ${status}`;
  return null;
}

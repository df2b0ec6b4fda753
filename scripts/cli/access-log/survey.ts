import { createHash } from "node:crypto";
import { hourMs } from "#core/rules/time.ts";
import { type BadLine, readEntries } from "./read-entries.ts";

const badLinesKept = 5;

/** What must be known of a log before anything is done with it. */
export type Survey = {
  /** SHA-256 of the file's bytes, hex. */
  hash: string;
  /** Requests, up to the limit. */
  requests: number;
  /** Requests by client. */
  clients: Map<string, number>;
  /** Of the earliest and the latest request, epoch milliseconds: logs are not in strict order. */
  firstAtMs: number;
  lastAtMs: number;
  /** Hours of UTC in which there were requests, as hours since the epoch. */
  hours: Set<number>;
  /** Lines that are no request, and the first of them. */
  bad: { count: number; first: BadLine[] };
};

/** Reads a log once from end to end. Throws when there is no request in it. */
export async function surveyLog(
  file: string,
  limit: number,
  onRequests: (count: number) => void = () => undefined,
): Promise<Survey> {
  const hash = createHash("sha256");
  const clients = new Map<string, number>();
  const hours = new Set<number>();
  const bad: Survey["bad"] = { count: 0, first: [] };
  let requests = 0;
  let firstAtMs = Number.POSITIVE_INFINITY;
  let lastAtMs = Number.NEGATIVE_INFINITY;
  const onBad = (line: BadLine) => {
    bad.count += 1;
    if (bad.first.length < badLinesKept) bad.first.push(line);
  };
  for await (const { client, atMs } of readEntries(file, limit, { onBytes: (bytes) => hash.update(bytes), onBad })) {
    requests += 1;
    clients.set(client, (clients.get(client) ?? 0) + 1);
    hours.add(Math.floor(atMs / hourMs));
    firstAtMs = Math.min(firstAtMs, atMs);
    lastAtMs = Math.max(lastAtMs, atMs);
    if (requests % 1_000 === 0) onRequests(requests);
  }
  if (requests === 0) {
    const example = bad.first[0] ? ` Line ${bad.first[0].line} ${bad.first[0].why}.` : "";
    throw new Error(`${file} holds no request in combined log format.${example}`);
  }
  return { hash: hash.digest("hex"), requests, clients, firstAtMs, lastAtMs, hours, bad };
}

/** `2 lines are no requests: line 7 has no time …`, or nothing. */
export function badLinesText({ count, first }: Survey["bad"]): string {
  if (count === 0) return "";
  const shown = first.map(({ line, why }) => `  line ${line} ${why}`).join("\n");
  const more = count > first.length ? `\n  and ${count - first.length} more` : "";
  return `${count} ${count === 1 ? "line is no request and was" : "lines are no requests and were"} left out:\n${shown}${more}\n`;
}

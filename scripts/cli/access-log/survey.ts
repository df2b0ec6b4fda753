import { createHash } from "node:crypto";
import { hourMs } from "#core/rules/time.ts";
import { type LogRoute, LogRoutes } from "./log-routes.ts";
import { type LeftOut, type Reading, readEntries } from "./read-entries.ts";

/** What must be known of a log before anything is done with it. */
export type Survey = {
  /** SHA-256 of the file's bytes, hex. */
  hash: string;
  /** How it was read; whoever reads it again reads it so. */
  reading: Reading;
  /** Requests, up to the limit. */
  requests: number;
  /** Requests by client. */
  clients: Map<string, number>;
  /** Of the earliest and the latest request, epoch milliseconds: logs are not in strict order. */
  firstAtMs: number;
  lastAtMs: number;
  /** Hours of UTC in which there were requests, as hours since the epoch. */
  hours: Set<number>;
  leftOut: LeftOutLines[];
  /** What its server has answered, the commonest first. */
  routes: LogRoute[];
};

/** Lines that are left out for one reason, the commonest reason first. */
export type LeftOutLines = { why: string; lines: number; firstLine: number };

/** Reads a log once from end to end. Throws when there is no request in it. */
export async function surveyLog(file: string, reading: Reading): Promise<Survey> {
  const hash = createHash("sha256");
  const clients = new Map<string, number>();
  const hours = new Set<number>();
  const leftOut = new Map<string, LeftOutLines>();
  const routes = new LogRoutes();
  let requests = 0;
  let firstAtMs = Number.POSITIVE_INFINITY;
  let lastAtMs = Number.NEGATIVE_INFINITY;
  const onLeftOut = ({ line, why }: LeftOut) => {
    const lines = leftOut.get(why) ?? { why, lines: 0, firstLine: line };
    lines.lines += 1;
    leftOut.set(why, lines);
  };
  const entries = readEntries(file, reading, { onBytes: (bytes) => hash.update(bytes), onLeftOut });
  for await (const entry of entries) {
    const { client, atMs } = entry;
    requests += 1;
    routes.add(entry);
    clients.set(client, (clients.get(client) ?? 0) + 1);
    hours.add(Math.floor(atMs / hourMs));
    firstAtMs = Math.min(firstAtMs, atMs);
    lastAtMs = Math.max(lastAtMs, atMs);
  }
  const reasons = [...leftOut.values()].sort((a, b) => b.lines - a.lines || a.firstLine - b.firstLine);
  if (requests === 0) {
    const example = reasons[0] ? ` Line ${reasons[0].firstLine} ${reasons[0].why}.` : "";
    throw new Error(`${file} holds no request in combined log format.${example}`);
  }
  return {
    hash: hash.digest("hex"),
    reading,
    requests,
    clients,
    firstAtMs,
    lastAtMs,
    hours,
    leftOut: reasons,
    routes: routes.list(),
  };
}

export function countLeftOut(reasons: readonly LeftOutLines[]): number {
  return reasons.reduce((sum, { lines }) => sum + lines, 0);
}

/** `13 lines are left out:` and a line per reason with the first one; or nothing. */
export function leftOutText(reasons: readonly LeftOutLines[]): string {
  const count = countLeftOut(reasons);
  if (count === 0) return "";
  const each = reasons.map(({ why, lines, firstLine }) =>
    lines === 1 ? `  line ${firstLine} ${why}` : `  line ${firstLine} ${why}, and ${lines - 1} more like it`,
  );
  return `${count} ${count === 1 ? "line is" : "lines are"} left out:\n${each.join("\n")}\n`;
}

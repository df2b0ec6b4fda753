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
  /** The most that a request comes behind a later one; 0 = the log is in order. */
  latenessMs: number;
  /** Clients that are no address, and the first of them; they have no network for the gate. */
  nameless: { clients: number; first: string };
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
  const nameless = { clients: 0, first: "" };
  let latenessMs = 0;
  const onLeftOut = ({ line, why }: LeftOut) => {
    const lines = leftOut.get(why) ?? { why, lines: 0, firstLine: line };
    lines.lines += 1;
    leftOut.set(why, lines);
  };
  const entries = readEntries(file, reading, { onBytes: (bytes) => hash.update(bytes), onLeftOut });
  for await (const entry of entries) {
    const { client, atMs, ip } = entry;
    requests += 1;
    if (ip === null && !clients.has(client)) {
      nameless.first ||= client;
      nameless.clients += 1;
    }
    latenessMs = Math.max(latenessMs, lastAtMs - atMs);
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
    latenessMs,
    nameless,
    hours,
    leftOut: reasons,
    routes: routes.list(),
  };
}

/** What a reader of the log should know about its clients and order; or nothing. */
export function oddText({
  nameless,
  clients,
  latenessMs,
}: Pick<Survey, "nameless" | "clients" | "latenessMs">): string {
  const share = nameless.clients / clients.size;
  const names =
    nameless.clients === 0
      ? ""
      : `${share === 1 ? "None" : `${100 - Math.max(1, Math.floor(100 * share))}%`} of the ${clients.size} clients ${share === 1 ? "is an address" : "are addresses"}; the first that is not is "${nameless.first}". Without an address there are no networks: allow-lists and the detectors of networks do not see them.\n`;
  const late = Math.round(latenessMs / 1000);
  const order = latenessMs < latenessShownMs ? "" : `The log is not in order: lines come up to ${late} s late.\n`;
  return names + order;
}

/** Servers write a request when it has ended; seconds of lateness are ordinary. */
const latenessShownMs = 60_000;

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

import { readClient } from "./read-client.ts";
import { readTime } from "./read-time.ts";

/** One request of an access log in combined format. */
export type LogEntry = {
  /** One text per client: an address, or a host name where the server looked names up. */
  client: string;
  /** Null when the client is not an address. */
  ip: string | null;
  /** Epoch milliseconds; most logs have whole seconds. */
  atMs: number;
  /** As sent, upper and lower case kept. */
  method: string;
  /** The request target as sent, with its query. */
  target: string;
  /** What the server answered; null = the line does not say. */
  status: number | null;
  userAgent: string | null;
};

export type ParsedLine = { ok: true; entry: LogEntry } | { ok: false; why: string };

/** Longer lines are not read: no server writes them. */
export const maxLineLength = 65_536;
const maxTargetLength = 16_384;
const maxUserAgentLength = 1_024;

const methodShape = /^[A-Za-z][A-Za-z-]{0,19}$/;
/**
 * Reads `client ident user [time] "request" status bytes "referer" "agent"`. Client, time and request are needed; what
 * follows may be missing or cut off, as in the last line before a full disk. Never throws.
 */
export function parseLine(text: string): ParsedLine {
  const line = unwrapped(text);
  if (line.length > maxLineLength) return no(`is longer than ${maxLineLength} characters`);
  if (!line.includes(" ")) return no("does not begin with a client");
  const request = readQuoted(line, 0);
  const head = line.slice(0, request?.start ?? line.length);
  const time = readTime(head);
  const client = readClient(head.slice(0, time?.start ?? head.length));
  if (time === null) return no("has no time like [17/May/2015:10:05:03 +0000] or [2015-05-17T10:05:03+00:00]");
  if (typeof client === "string") return no(client);
  if (request === null) return no("has no request in quotes");
  const parts = parseRequest(unescaped(request.text));
  if (parts === null) return no("has a request without method and target");
  return {
    ok: true,
    entry: {
      client: client.name,
      ip: client.ip,
      atMs: time.atMs,
      ...parts,
      status: statusOf(line, request.end),
      userAgent: agentOf(line, request.end),
    },
  };
}

/** A line that was exported as a field of CSV: in quotes, with its own quotes doubled. */
function unwrapped(line: string): string {
  if (!line.startsWith('"') || !line.endsWith('"') || line.length < 2) return line;
  return line.slice(1, -1).replaceAll('""', '"');
}

function no(why: string): ParsedLine {
  return { ok: false, why };
}

function parseRequest(text: string): { method: string; target: string } | null {
  const first = text.indexOf(" ");
  const method = first === -1 ? "" : text.slice(0, first);
  if (!methodShape.test(method)) return null;
  const version = text.lastIndexOf(" HTTP/");
  const target = text.slice(first + 1, version > first ? version : undefined);
  return target === "" || target.length > maxTargetLength ? null : { method, target };
}

function statusOf(line: string, from: number): number | null {
  const found = /^ +([1-5]\d\d)(?: |$)/.exec(line.slice(from, from + 8));
  return found ? Number(found[1]) : null;
}

/** The second quoted field after the request: the first is the referer. */
function agentOf(line: string, from: number): string | null {
  const referer = readQuoted(line, from);
  const agent = referer && readQuoted(line, referer.end);
  if (!agent || agent.text === "" || agent.text === "-") return null;
  return unescaped(agent.text).slice(0, maxUserAgentLength);
}

/** The next text in quotes; one without a closing quote runs to the end of the line. A quote behind a backslash opens none. */
function readQuoted(line: string, from: number): { text: string; start: number; end: number } | null {
  let start = line.indexOf('"', from);
  while (start > 0 && line[start - 1] === "\\") start = line.indexOf('"', start + 1);
  if (start === -1) return null;
  let end = start + 1;
  while (end < line.length && line[end] !== '"') end += line[end] === "\\" ? 2 : 1;
  return { text: line.slice(start + 1, end), start, end: end + 1 };
}

const simpleEscapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", v: "\v", f: "\f" };

/** Servers write quotes, backslashes and bytes that cannot be printed as `\"`, `\\`, `\n` and `\xHH`. */
function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/(?:\\x[0-9A-Fa-f]{2})+|\\(.)/gs, (whole, one: string | undefined) => {
    if (one !== undefined) return simpleEscapes[one] ?? one;
    return Buffer.from(whole.replaceAll("\\x", ""), "hex").toString("utf8");
  });
}

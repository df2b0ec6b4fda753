import { STATUS_CODES } from "node:http";

/** What one answer is made of. `lines` are its headers as they are sent; `body` holds one character for each byte. */
export type PlainAnswer = { status: number; lines: string; body: string };

/** What must not stand in a header: with a line's end in it, a value would become headers of its own. */
const notInHeader = /[^\t\x20-\x7e\x80-\xff]/;

/** Most answers have the same list of headers, not only an equal one. */
let lastHeaders: readonly string[] = [];
let lastLines = "";

/** Headers, names and values by turns, as they are sent. Throws, like node:http, when one holds what no header may. */
export function headerLines(headers: readonly string[]): string {
  if (headers === lastHeaders) return lastLines;
  let lines = "";
  for (let i = 0; i < headers.length; i += 2) {
    const value = headers[i + 1] ?? "";
    if (notInHeader.test(value)) throw new TypeError(`The header ${headers[i]} cannot hold what it was given.`);
    lines += `${headers[i]}: ${value}\r\n`;
  }
  lastHeaders = headers;
  lastLines = lines;
  return lines;
}

/** The answer as it is sent, one character for each byte, with what node:http would add. Null = the connection ends with it. */
export function writePlainAnswer(answer: PlainAnswer, keepAliveSeconds: number | null, nowMs: number): string {
  const { status, lines, body } = answer;
  const kept = keepAliveSeconds === null ? "close" : `keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}`;
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Length: ${body.length}\r\n${lines}Date: ${httpDate(nowMs)}\r\nConnection: ${kept}\r\n\r\n${body}`;
}

let dated = { second: -1, text: "" };

/** RFC 9110 section 5.6.7; the same text for a second. */
function httpDate(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== dated.second) dated = { second, text: new Date(nowMs).toUTCString() };
  return dated.text;
}

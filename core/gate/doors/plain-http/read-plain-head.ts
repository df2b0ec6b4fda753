import type { IncomingHttpHeaders } from "node:http";
import { envoyPrefix } from "../forward-auth.ts";
import { type CallShape, isOfShape, jsonCall, jsonListCall } from "../read-call.ts";

/** The head of a plain request, and how many bytes of body follow it. */
export type PlainHead = {
  method: string;
  target: string;
  /** Names as they came and values, by turns. */
  rawHeaders: readonly string[];
  /** Each name once, in lower case. */
  headers: IncomingHttpHeaders;
  contentType: string;
  /** Bytes, with the empty line at its end. */
  headLength: number;
  bodyLength: number;
};

/** `unfinished` = plain as far as it goes; `other` = for node:http to read. */
export type NotPlain = "unfinished" | "other";

/** Gateways send less than one kilobyte; above this node:http has its own bound and answer. */
export const maxHeadBytes = 16_384;
const maxHeaders = 64;

/** The calls that are taken: those with a body, by POST, and those without one. */
const bodyCalls: ReadonlyMap<string, CallShape> = new Map([
  ["/v1/verify", jsonCall],
  ["/v1/verify/batch", jsonListCall],
]);
const bodilessCalls: ReadonlySet<string> = new Set(["/forward-auth", "/forward-auth/nginx"]);

/** HEAD has answers of its own, and so may methods nobody has thought of. */
const requestLine = /(GET|POST|PUT|PATCH|DELETE) (\/[\x21\x22\x24-\x7e]*) HTTP\/1\.1\r\n/y;
const headerLine = /([A-Za-z0-9!#$%&'*+\-.^_`|~]+):( ?)([\x20-\x7e]*)\r\n/y;
/** A header's line, or the empty one, that only lacks its end. */
const begunHeaderLine = /(?:[A-Za-z0-9!#$%&'*+\-.^_`|~]+(?:: ?[\x20-\x7e]*\r?)?|\r)?$/y;
const digits = /^(?:0|[1-9][0-9]{0,6})$/;

/** How a body is framed, what a connection becomes, or asks for an interim answer. `Connection: keep-alive` says nothing new. */
const notPlain: ReadonlySet<string> = new Set([
  "connection",
  "proxy-connection",
  "keep-alive",
  "transfer-encoding",
  "te",
  "trailer",
  "expect",
  "upgrade",
  "http2-settings",
  "set-cookie",
]);

/**
 * Reads a request's head from `text`, one character for each byte, if it is byte for byte of the plain shape: a known call over
 * HTTP/1.1, lines that end with CRLF, values of printable ASCII, no name twice, one Host, and one way only to say where it ends.
 * Everything else, right or wrong, is `other`. Pure.
 */
export function readPlainHead(text: string): PlainHead | NotPlain {
  requestLine.lastIndex = 0;
  const first = requestLine.exec(text);
  if (first === null) return begun(text, 0);
  const [, method = "", target = ""] = first;
  const shape = bodyCalls.get(target) ?? null;
  if (shape === null ? !isBodiless(target) : method !== "POST") return "other";

  const rawHeaders: string[] = [];
  const headers: IncomingHttpHeaders = Object.create(null);
  let at = requestLine.lastIndex;
  while (!text.startsWith("\r\n", at)) {
    headerLine.lastIndex = at;
    const line = headerLine.exec(text);
    if (line === null) return begun(text, at);
    at = headerLine.lastIndex;
    const [, name = "", , value = ""] = line;
    const key = name.toLowerCase();
    if (!isPlainHeader(key, value) || headers[key] !== undefined || rawHeaders.length === 2 * maxHeaders)
      return "other";
    headers[key] = value;
    rawHeaders.push(name, value);
  }
  if (headers.host === undefined) return "other";
  const contentType = headers["content-type"] ?? "";
  const bodyLength = Number(headers["content-length"] ?? (shape === null ? 0 : Number.NaN));
  const isPlainBody = shape === null ? bodyLength === 0 : bodyLength <= shape.maxBytes && isOfShape(shape, contentType);
  return isPlainBody ? { method, target, rawHeaders, headers, contentType, headLength: at + 2, bodyLength } : "other";
}

function isBodiless(target: string): boolean {
  return bodilessCalls.has(target) || target.startsWith(envoyPrefix);
}

function isPlainHeader(key: string, value: string): boolean {
  if (value.startsWith(" ") || value.endsWith(" ")) return false;
  if (key === "content-length") return digits.test(value);
  return !notPlain.has(key) || (key === "connection" && value.toLowerCase() === "keep-alive");
}

/** Whether what has come only lacks its end, and in it the line that begins at `at`. */
function begun(text: string, at: number): NotPlain {
  if (text.length >= maxHeadBytes) return "other";
  begunHeaderLine.lastIndex = at;
  return (at === 0 ? isBegunCall(text) : begunHeaderLine.test(text)) ? "unfinished" : "other";
}

const methods = ["POST", "GET", "PUT", "PATCH", "DELETE"];
const wholeTargets = [...bodyCalls.keys(), ...bodilessCalls];
const version = "HTTP/1.1\r";

/** Whether a request line without its end may become one that is taken. */
function isBegunCall(text: string): boolean {
  const [method = "", target, versionText, more] = text.split(" ");
  if (target === undefined) return methods.some((one) => one.startsWith(method));
  if (!methods.includes(method) || more !== undefined) return false;
  const isEnvoy = target.startsWith(envoyPrefix) && /^[\x21\x22\x24-\x7e]*$/.test(target);
  if (versionText === undefined) return isEnvoy || [...wholeTargets, envoyPrefix].some((one) => one.startsWith(target));
  return (isEnvoy || wholeTargets.includes(target)) && version.startsWith(versionText);
}

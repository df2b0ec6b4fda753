import fc from "fast-check";
import { maxHeadBytes, readPlainHead } from "./read-plain-head.ts";
import { type Piece, tokens } from "./testing-servers.ts";

const crlf = "\r\n";

/** A request from its first line, headers and body; bytes as characters. */
export function request(line: string, headers: readonly string[], body = "", end = crlf): string {
  return [line, ...headers, "", body].join(end);
}

export function verifyBody(token: string, more: Record<string, unknown> = {}): string {
  return Buffer.from(JSON.stringify({ token, method: "GET", path: "/a", ...more })).toString("latin1");
}

export function verify(body = verifyBody(tokens.quick), more: readonly string[] = []): string {
  const json = ["Host: gate", "Content-Type: application/json", `Content-Length: ${body.length}`];
  return request("POST /v1/verify HTTP/1.1", [...json, ...more], body);
}

export function forwarded(path = "/forward-auth", more: readonly string[] = [], method = "GET"): string {
  const asked = ["X-Forwarded-Method: GET", "X-Forwarded-Uri: /a?b", "X-Forwarded-For: 192.0.2.1"];
  return request(`${method} ${path} HTTP/1.1`, ["Host: gate", ...asked, ...more]);
}

const bearer = (token: string) => `Authorization: Bearer ${token}`;
const original = ["X-Original-Method: POST", "X-Original-URI: /b", "X-Real-IP: 192.0.2.7"];
const anyToken = fc.constantFrom(tokens.quick, tokens.quick, tokens.slow, tokens.none, "", "Bearer x");

/** Of the plain shape, whatever is asked. */
export const plain = fc.oneof(
  anyToken.map((token) => verify(verifyBody(token))),
  fc
    .tuple(anyToken, fc.string({ unit: "grapheme", maxLength: 20 }))
    .map(([token, user_agent]) => verify(verifyBody(token, { user_agent }))),
  fc.string({ unit: "binary-ascii", maxLength: 40 }).map((body) => verify(body)),
  fc.constantFrom("{}", "[]", "", "\xff\xfe", '{"token":1}', "{", "\xef\xbb\xbf{}").map((body) => verify(body)),
  fc.array(anyToken, { maxLength: 4 }).map((list) => {
    const body = `{"requests":[${list.map((token) => verifyBody(token)).join(",")}]}`;
    return verify(body).replace("/v1/verify", "/v1/verify/batch");
  }),
  anyToken.map((token) => forwarded("/forward-auth", [bearer(token), "Accept: */*", "Connection: keep-alive"])),
  anyToken.map((token) => forwarded("/forward-auth/nginx", [bearer(token), ...original])),
  fc
    .tuple(anyToken, fc.constantFrom("GET", "POST", "DELETE", "PATCH", "PUT"))
    .map(([token, method]) => forwarded("/forward-auth/envoy/x/%2e?y=z", [bearer(token), "Content-Length: 0"], method)),
  fc.constant(forwarded("/forward-auth/nginx")),
);

const one = verify();
const head = one.slice(0, one.indexOf(crlf + crlf));
const withLine = (line: string) => one.replace("Host: gate", `Host: gate${crlf}${line}`);
const chunked = (body: string, more: readonly string[] = []) =>
  request(
    "POST /v1/verify HTTP/1.1",
    ["Host: gate", "Content-Type: application/json", ...more, "Transfer-Encoding: chunked"],
    `${body.length.toString(16)}${crlf}${body}${crlf}0${crlf}${crlf}`,
  );

/** Odd, hostile or simply of another call. */
export const odd = fc.oneof(
  fc.constantFrom(
    chunked(verifyBody(tokens.quick)),
    chunked(verifyBody(tokens.slow)),
    chunked(verifyBody(tokens.quick), ["Content-Length: 5"]),
    chunked(verifyBody(tokens.quick), ["Content-Length: 0"]),
    withLine("Transfer-Encoding: chunked"),
    withLine("Transfer-Encoding: identity"),
    withLine("Transfer-Encoding : chunked"),
    withLine("transfer-encoding:\x0bchunked"),
    withLine("Content-Length: 3"),
    withLine(`Content-Length: ${verifyBody(tokens.quick).length}`),
    withLine("Content-Length: -1"),
    withLine(" folded: yes"),
    withLine("A: b\r\n\tfolded"),
    withLine("A: b\0c"),
    withLine("A: b\rc"),
    withLine("A\0: b"),
    withLine("A : b"),
    withLine(": b"),
    withLine("A"),
    withLine("A: \xff\xe4"),
    withLine("A:   b  "),
    withLine("Host: other"),
    withLine("Expect: 100-continue"),
    withLine("Expect: nothing"),
    withLine("Upgrade: websocket\r\nConnection: Upgrade"),
    withLine("Connection: close"),
    withLine("Connection: keep-alive, close"),
    withLine("Proxy-Connection: close"),
    withLine("Keep-Alive: timeout=1"),
    withLine(`A: ${"x".repeat(15_000)}`),
    withLine(`A: ${"x".repeat(20_000)}`),
    withLine(`A: ${"x".repeat(70_000)}`),
    withLine(Array.from({ length: 80 }, (_, i) => `A${i}: b`).join(crlf)),
    one.replaceAll(crlf, "\n"),
    one.replace(crlf, "\n"),
    `${head}\n\n`,
    `${head}\r\n\n{}`,
    one.replace("Host: gate\r\n", ""),
    one.replace("HTTP/1.1", "HTTP/1.0"),
    one.replace("HTTP/1.1", "HTTP/1.0").replace("Host", "Connection: keep-alive\r\nHost"),
    one.replace("HTTP/1.1", "HTTP/2.0"),
    one.replace("HTTP/1.1", "HTTP/1.1 "),
    one.replace("POST", "post"),
    one.replace("POST", "GET"),
    one.replace("POST ", "POST\t"),
    one.replace("/v1/verify", "http://gate/v1/verify"),
    one.replace("/v1/verify", "/v1/verify?a=b"),
    one.replace("/v1/verify", "/V1/verify"),
    one.replace("/v1/verify", "*"),
    one.replaceAll("Content-", "content-"),
    one.replaceAll("Content-Length", "CONTENT-LENGTH"),
    one.replace("Content-Length: ", "Content-Length:"),
    one.replace("Content-Length: ", "Content-Length: 00"),
    one.replace(/Content-Length: \d+/, "Content-Length: 70000"),
    one.replace(/Content-Length: \d+/, "Content-Length: 3"),
    one.replace(/Content-Length: (\d+)/, "Content-Length: 9$1"),
    one.replace("application/json", "Application/JSON ; charset=utf-8"),
    one.replace("application/json", "text/plain"),
    one.replace("Content-Type: application/json\r\n", ""),
    `\r\n${one}`,
    `\n${one}`,
    `\r\n\r\n${one}`,
    forwarded("/forward-auth", ["X-Forwarded-Uri: /other"]),
    forwarded("/forward-auth", ["Cookie: a=b", "Cookie: c=d"]),
    forwarded("/forward-auth", ["Content-Length: 4"]).concat("GET "),
    forwarded("/forward-auth", [], "HEAD"),
    forwarded("/forward-auth", [], "OPTIONS"),
    forwarded("/forward-auth", [], "PROPFIND"),
    forwarded("/forward-auth/envoy/a#b"),
    forwarded("/forward-auth/envoy/a??b=/../\\|{}"),
    forwarded("/forward-auth?x"),
    request("GET /healthz HTTP/1.1", ["Host: gate"]),
    request("GET /metrics HTTP/1.1", ["Host: gate", "Connection: close"]),
    request(
      "POST /v1/introspect HTTP/1.1",
      ["Host: gate", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 7"],
      "token=a",
    ),
    request("CONNECT gate:80 HTTP/1.1", ["Host: gate"]),
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00",
    crlf,
    "\n",
    "\0",
  ),
  fc.string({ unit: "binary-ascii", maxLength: 60 }),
);

/** A plain request with one byte changed, left out or put in. */
const nearly = fc
  .tuple(
    plain,
    fc.nat(),
    fc.constantFrom(0, 1),
    fc.constantFrom("", "\r", "\n", "\0", " ", "\t", ":", "a", "0", "\xe4", "\x7f", ","),
  )
  .map(([text, at, taken, put]) => {
    const from = at % text.length;
    return text.slice(0, from) + put + text.slice(from + taken);
  });

const cut = fc.tuple(plain, fc.nat()).map(([text, at]) => text.slice(0, at % text.length));

const text = fc
  .array(
    fc.oneof({ weight: 5, arbitrary: plain }, { weight: 2, arbitrary: odd }, { weight: 2, arbitrary: nearly }, cut),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((list) => list.join(""));

/** Bytes of one connection: where they are cut, and whether the client ends its side with the last. */
export type Stream = { text: string; cuts: readonly number[]; isEndedWithLast: boolean };

export const streams: fc.Arbitrary<Stream> = fc
  .tuple(text, fc.array(fc.nat(), { maxLength: 4 }))
  .map(([sent, cuts]) => ({ text: sent, cuts, isEndedWithLast: false }));

/** A client that has gone gets no answer that takes a while, so that none is asked for. */
export const endedStreams: fc.Arbitrary<Stream> = streams.map(({ text: sent, cuts }) => ({
  text: sent.replaceAll(tokens.slow, tokens.quick),
  cuts,
  isEndedWithLast: true,
}));

/**
 * The same bytes sent in two ways. `asCut` = the requests read as plain run together and are cut anywhere. `oneByOne` = each of them is
 * sent once the one before it is answered: node:http throws away answers that are not out when it meets something it cannot read.
 * What is not read as plain is sent alike.
 */
export function twoWays({ text: sent, cuts }: Stream): { asCut: Piece[]; oneByOne: Piece[] } {
  const requests = plainRequests(sent);
  const front = requests.join("");
  const rest = inPieces(sent.slice(front.length), cuts);
  const restAfter = (first: Piece["after"]) =>
    rest.map((bytes, i) => ({ bytes, after: i === 0 ? first : "a while" }) as const);
  return {
    asCut: [...inPieces(front, cuts).map((bytes) => ({ bytes, after: "nothing" }) as const), ...restAfter("nothing")],
    oneByOne: [
      ...requests.map(
        (one, i) => ({ bytes: Buffer.from(one, "latin1"), after: i === 0 ? "nothing" : "answer" }) as const,
      ),
      ...restAfter(requests.length === 0 ? "nothing" : "answer"),
    ],
  };
}

function plainRequests(sent: string): string[] {
  const requests: string[] = [];
  for (let at = 0; ; ) {
    const read = readPlainHead(sent.slice(at, at + maxHeadBytes));
    if (typeof read === "string" || at + read.headLength + read.bodyLength > sent.length) return requests;
    const end = at + read.headLength + read.bodyLength;
    requests.push(sent.slice(at, end));
    at = end;
  }
}

/** Cut at these places, each taken modulo the length. */
function inPieces(sent: string, cuts: readonly number[]): Buffer[] {
  if (sent === "") return [];
  const places = [...new Set(cuts.map((at) => at % sent.length))].filter((at) => at > 0).sort((a, b) => a - b);
  return [0, ...places].map((at, i) => Buffer.from(sent.slice(at, places[i]), "latin1"));
}

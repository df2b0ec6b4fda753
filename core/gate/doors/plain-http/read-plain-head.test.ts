import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxHeadBytes, readPlainHead } from "./read-plain-head.ts";

const post = (path = "/v1/verify", ...more: string[]) =>
  ["POST ".concat(path, " HTTP/1.1"), "Host: gate", "Content-Type: application/json", ...more].join("\r\n");
const ended = (head: string) => `${head}\r\n\r\n`;
const verify = ended(post("/v1/verify", "Content-Length: 12"));
const forwarded = ended(
  ["GET /forward-auth HTTP/1.1", "host: gate", "X-Forwarded-Uri: /a b?c", "X-Empty:", "connection: Keep-Alive"].join(
    "\r\n",
  ),
);

describe("a plain head is read", () => {
  it("with its names and values as they came, and where it ends", () => {
    expect(readPlainHead(`${verify}{"token":""}POST`)).toEqual({
      method: "POST",
      target: "/v1/verify",
      rawHeaders: ["Host", "gate", "Content-Type", "application/json", "Content-Length", "12"],
      headers: { host: "gate", "content-type": "application/json", "content-length": "12" },
      contentType: "application/json",
      headLength: verify.length,
      bodyLength: 12,
    });
    expect(readPlainHead(forwarded)).toMatchObject({
      headers: { host: "gate", "x-forwarded-uri": "/a b?c", "x-empty": "", connection: "Keep-Alive" },
      headLength: forwarded.length,
      bodyLength: 0,
    });
  });

  it.each([
    ended(post("/v1/verify/batch", "Content-Length: 2097152")),
    ended(post("/v1/verify", "Content-Length: 65536", "Content-length-x: 1")),
    ended("PUT /forward-auth/envoy//a/%2e?b=/?c HTTP/1.1\r\nHost:x\r\nContent-Length: 0"),
    ended("DELETE /forward-auth/nginx HTTP/1.1\r\nHost: x"),
  ])("%j", (head) => expect(readPlainHead(head)).toMatchObject({ headLength: head.length }));

  it("is unfinished at every byte before its end, and never anything else", () => {
    for (const head of [verify, forwarded]) {
      for (let length = 0; length < head.length; length++)
        expect(readPlainHead(head.slice(0, length)), head.slice(0, length)).toBe("unfinished");
    }
  });
});

describe("everything else is for node:http", () => {
  const odd: Record<string, string> = {
    "another call": "POST /v1/introspect HTTP/1.1\r\nHost: a\r\n\r\n",
    "a query where there is none": ended(post("/v1/verify?x", "Content-Length: 2")),
    "another method": "GET /v1/verify HTTP/1.1\r\nHost: a\r\n\r\n",
    HEAD: "HEAD /forward-auth HTTP/1.1\r\nHost: a\r\n\r\n",
    "a method in lower case": verify.replace("POST", "post"),
    "an absolute target": verify.replace("/v1", "http://gate/v1"),
    "a fragment": "GET /forward-auth/envoy/a#b HTTP/1.1\r\nHost: a\r\n\r\n",
    "a target beyond ASCII": "GET /forward-auth/envoy/\xe4 HTTP/1.1\r\nHost: a\r\n\r\n",
    "a longer name of a call": forwarded.replace("/forward-auth", "/forward-authx"),
    "HTTP/1.0": verify.replace("1.1", "1.0"),
    "HTTP/1.10": verify.replace("HTTP/1.1", "HTTP/1.10"),
    "two spaces": verify.replace("POST ", "POST  "),
    "a space after the version": verify.replace("HTTP/1.1", "HTTP/1.1 "),
    "an empty line before it": `\r\n${verify}`,
    "no Host": verify.replace("Host: gate\r\n", ""),
    "two Hosts": verify.replace("Host: gate", "Host: gate\r\nhost: gate"),
    "a bare LF": verify.replace("gate\r\n", "gate\n"),
    "a bare CR": verify.replace("gate\r\n", "gate\r"),
    "a bare LF at the end": verify.replace("\r\n\r\n", "\r\n\n"),
    "a CR in a value": verify.replace("gate", "ga\rte"),
    "a NUL in a value": verify.replace("gate", "ga\0te"),
    "a tab before a value": verify.replace(": gate", ":\tgate"),
    "two spaces before a value": verify.replace(": gate", ":  gate"),
    "a space after a value": verify.replace("gate", "gate "),
    "a value beyond ASCII": verify.replace("gate", "g\xe4te"),
    "a space before the colon": verify.replace("Host:", "Host :"),
    "a space in a name": verify.replace("Host:", "Ho st:"),
    "a line without a colon": verify.replace("Host: gate", "Host: gate\r\nHost"),
    "an empty name": verify.replace("Host: gate", "Host: gate\r\n: x"),
    "a folded line": verify.replace("Host: gate", "Host: gate\r\n folded"),
    "two lengths": verify.replace("12", "12\r\nContent-Length: 12"),
    "a list of lengths": verify.replace("12", "12, 12"),
    "a signed length": verify.replace("12", "+12"),
    "a length in hexadecimals": verify.replace("12", "0x12"),
    "a length with a zero before it": verify.replace("12", "012"),
    "an empty length": verify.replace("Length: 12", "Length:"),
    "no length where a body is due": verify.replace("Content-Length: 12\r\n", ""),
    "a body above the bound": verify.replace(" 12", " 65537"),
    "a body where none is due": forwarded.replace("X-Empty:", "Content-Length: 1"),
    "a length and a coding": verify.replace("Host", "Transfer-Encoding: chunked\r\nHost"),
    "a coding": verify.replace("Content-Length: 12", "transfer-encoding: identity"),
    Expect: verify.replace("Host", "Expect: 100-continue\r\nHost"),
    Upgrade: verify.replace("Host", "Upgrade: h2c\r\nHost"),
    "Connection: close": forwarded.replace("Keep-Alive", "close"),
    "a list of connection options": forwarded.replace("Keep-Alive", "keep-alive, upgrade"),
    "Proxy-Connection": forwarded.replace("connection", "proxy-connection"),
    TE: verify.replace("Host", "TE: trailers\r\nHost"),
    "a name twice": forwarded.replace("X-Empty:", "x-forwarded-uri: /"),
    "another content type": verify.replace("application/json", "text/plain"),
    "no content type": verify.replace("Content-Type: application/json\r\n", ""),
    "too many headers": verify.replace("Host", `${Array.from({ length: 64 }, (_, i) => `A${i}: b\r\n`).join("")}Host`),
    "the greeting of TLS": "\x16\x03\x01\x02\x00\x01",
    "HTTP/2": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    nothing: "\r\n",
  };
  it.each(Object.keys(odd))("%s", (name) => expect(readPlainHead(odd[name] ?? "")).toBe("other"));

  it("a head that is too long, also when its end has not come", () => {
    const long = `${verify.slice(0, -4)}\r\nA: ${"x".repeat(maxHeadBytes)}`;
    expect(readPlainHead(long.slice(0, maxHeadBytes))).toBe("other");
    expect(readPlainHead(long.slice(0, maxHeadBytes - 1))).toBe("unfinished");
  });

  it.each([
    "POST /v1/verifyx",
    "POST /v1/verify HTTP/1.0",
    "POST /v1/verify HTTP/1.1 ",
    "GET http://",
    "POS /",
    "GET /forward-auth/envoy/a#",
    "GET /forward-auth HTTP/1.1\r\nHost: a\r\n ",
    "GET /forward-auth HTTP/1.1\r\nHo[",
    "GET /forward-auth HTTP/1.1\r\nHost: a\t",
    "GET /forward-auth HTTP/1.1\r\nHost: a\r\r",
  ])("the beginning of what can never be plain: %j", (text) => expect(readPlainHead(text)).toBe("other"));

  it("any plain head with one byte changed, unless that leaves another plain one of the same framing", () => {
    fc.assert(
      fc.property(fc.nat(verify.length - 1), fc.integer({ min: 0, max: 255 }), (at, code) => {
        const changed = verify.slice(0, at) + String.fromCharCode(code) + verify.slice(at + 1);
        const read = readPlainHead(changed);
        if (typeof read === "string") return;
        const [line, ...lines] = changed.split("\r\n").slice(0, -2);
        expect(line).toBe("POST /v1/verify HTTP/1.1");
        const pairs = lines.map((one) => [one.slice(0, one.indexOf(":")), one.slice(one.indexOf(":") + 1).trim()]);
        expect(read.rawHeaders).toEqual(pairs.flat());
        expect(pairs.filter(([name]) => name?.toLowerCase() === "host")).toHaveLength(1);
        const lengths = pairs.filter(([name]) => name?.toLowerCase() === "content-length");
        expect(lengths).toEqual([[expect.anything(), String(read.bodyLength)]]);
        expect(read.headLength).toBe(changed.length);
      }),
      { numRuns: 3_000 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLine } from "./parse-line.ts";

const at = "[17/May/2015:10:05:03 +0000]";
const entryOf = (line: string) => {
  const parsed = parseLine(line);
  return parsed.ok ? parsed.entry : parsed.why;
};

describe("a line of an access log", () => {
  it("is read with client, time, request and client program", () => {
    expect(entryOf(`83.149.9.216 - - ${at} "GET /a?b=c HTTP/1.1" 200 203023 "http://x/y" "Mozilla/5.0 (X)"`)).toEqual({
      client: "83.149.9.216",
      ip: "83.149.9.216",
      atMs: Date.UTC(2015, 4, 17, 10, 5, 3),
      method: "GET",
      target: "/a?b=c",
      status: 200,
      userAgent: "Mozilla/5.0 (X)",
    });
  });

  it.each<[string, string, object]>([
    ["a user with spaces", `::1 - mia o ${at} "GET / HTTP/1.1" 200 1`, { ip: "::1", userAgent: null }],
    [
      "a zone",
      `1.2.3.4 - - [17/May/2015:10:05:03 +0230] "GET / HTTP/1.0" 200 1`,
      { atMs: Date.UTC(2015, 4, 17, 7, 35, 3) },
    ],
    [
      "a host name",
      `crawler.example.com - - ${at} "GET / HTTP/1.0" 200 1`,
      { client: "crawler.example.com", ip: null },
    ],
    [
      "milliseconds",
      `1.2.3.4 - - [17/May/2015:10:05:03.25 +0000] "GET / HTTP/1.0" 200 1`,
      { atMs: Date.UTC(2015, 4, 17, 10, 5, 3, 250) },
    ],
    [
      "a time of ISO 8601",
      `1.2.3.4 - - [2015-05-17T10:05:03+02:00] "GET / HTTP/1.0" 200 1`,
      { atMs: Date.UTC(2015, 4, 17, 8, 5, 3) },
    ],
    [
      "a time of ISO 8601 in UTC, with milliseconds",
      `1.2.3.4 - - [2015-05-17T10:05:03.999Z] "GET / HTTP/1.0" 200 1`,
      { atMs: Date.UTC(2015, 4, 17, 10, 5, 3, 999) },
    ],
    [
      "seconds since 1970",
      `1.2.3.4 - - [1431857103.123] "GET / HTTP/1.0" 200 1`,
      { atMs: Date.UTC(2015, 4, 17, 10, 5, 3, 123) },
    ],
    [
      "quotes around it all",
      `"1.2.3.4 - - ${at} ""GET /a HTTP/1.1"" 200 1 ""-"" ""curl/8"""`,
      { ip: "1.2.3.4", target: "/a", status: 200, userAgent: "curl/8" },
    ],
    ["no protocol", `1.2.3.4 - - ${at} "GET /old" 200 1`, { method: "GET", target: "/old" }],
    ["a target with a space", `1.2.3.4 - - ${at} "GET /a b HTTP/1.1" 200 1`, { target: "/a b" }],
    ["no bytes", `1.2.3.4 - - ${at} "HEAD / HTTP/1.1" 304 - "-" "-"`, { method: "HEAD", userAgent: null }],
    ["escaped quotes", `1.2.3.4 - - ${at} "GET / HTTP/1.1" 200 1 "-" "a\\"b\\\\c"`, { userAgent: 'a"b\\c' }],
    [
      "escaped bytes",
      `1.2.3.4 - - ${at} "GET /\\xc3\\xa4 HTTP/1.1" 200 1 "-" "\\x41"`,
      { target: "/ä", userAgent: "A" },
    ],
    [
      "a cut-off end",
      `1.2.3.4 - - ${at} "GET / HTTP/1.1" 200 1 "-" "Mozilla/5.0 (comp`,
      { userAgent: "Mozilla/5.0 (comp" },
    ],
    [
      "a leap second",
      `1.2.3.4 - - [30/Jun/2015:23:59:60 +0000] "GET / HTTP/1.1" 200 1`,
      { atMs: Date.UTC(2015, 6, 1) },
    ],
  ])("with %s is read", (_what, line, expected) => {
    expect(entryOf(line)).toMatchObject(expected);
  });

  it.each<[string, string, string]>([
    ["text", "hello", "does not begin with a client"],
    ["no time", '1.2.3.4 - - "GET / HTTP/1.1" 200 1', "has no time like"],
    ["an impossible day", '1.2.3.4 - - [31/Apr/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 1', "has no time like"],
    ["an impossible hour", '1.2.3.4 - - [30/Apr/2015:24:05:03 +0000] "GET / HTTP/1.1" 200 1', "has no time like"],
    ["an impossible month", '1.2.3.4 - - [2015-13-01T10:05:03Z] "GET / HTTP/1.1" 200 1', "has no time like"],
    ["no zone", '1.2.3.4 - - [2015-12-01T10:05:03] "GET / HTTP/1.1" 200 1', "has no time like"],
    ["no request", `1.2.3.4 - - ${at} 200 1`, "has no request in quotes"],
    ["an empty request", `1.2.3.4 - - ${at} "-" 408 0 "-" "-"`, "has a request without method and target"],
    ["a TLS greeting", `1.2.3.4 - - ${at} "\\x16\\x03\\x01" 400 0 "-" "-"`, "has a request without method and target"],
    [
      "endless text",
      `1.2.3.4 - - ${at} "GET /${"a".repeat(70_000)} HTTP/1.1" 200 1`,
      "is longer than 65536 characters",
    ],
    ["an endless target", `1.2.3.4 - - ${at} "GET /${"a".repeat(17_000)} HTTP/1.1" 200 1`, "has a request without"],
  ])("that holds %s is told", (_what, line, why) => {
    expect(entryOf(line)).toContain(why);
  });

  it("never throws, whatever it is", () => {
    const piece = fc.oneof(
      fc.constantFrom("1.2.3.4 - - ", at, ' "GET / HTTP/1.1"', '"', "\\", "\\x", " [", "]", " 200 1"),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(typeof parseLine(pieces.join("")).ok).toBe("boolean");
      }),
    );
  });

  it("gives back what a server has written, whatever the request holds", () => {
    const written = (text: string) => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
    const visible = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() === text && text !== "-");
    fc.assert(
      fc.property(visible, visible, (target, agent) => {
        const line = `1.2.3.4 - - ${at} "GET /${written(target)} HTTP/1.1" 200 1 "-" "${written(agent)}"`;
        expect(entryOf(line)).toMatchObject({ target: `/${target}`, userAgent: agent });
      }),
    );
  });
});

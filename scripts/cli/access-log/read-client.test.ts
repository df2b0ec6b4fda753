import { describe, expect, it } from "vitest";
import { parseLine } from "./parse-line.ts";

const at = "[17/May/2015:10:05:03 +0000]";
const rest = `${at} "GET / HTTP/1.1" 200 1`;
const read = (line: string) => {
  const parsed = parseLine(line);
  return parsed.ok ? `${parsed.entry.client} ${parsed.entry.ip}` : parsed.why;
};

/** Each is told apart by its first fields alone. */
describe("the client of a line", () => {
  it.each([
    ["an address", `192.0.2.1 - - ${rest}`, "192.0.2.1 192.0.2.1"],
    ["a host name", `crawler.example.com - - ${rest}`, "crawler.example.com null"],
    ["a host name in capitals", `Crawler.Example.COM - - ${rest}`, "crawler.example.com null"],
    ["a list of forwarded addresses", `192.0.2.1, 10.0.0.1 - - ${rest}`, "192.0.2.1 192.0.2.1"],
    ["a list without spaces", `192.0.2.1,10.0.0.1 - - ${rest}`, "192.0.2.1 192.0.2.1"],
    ["a list and the connection", `2001:db8::1, 64.252.140.97 127.0.0.1 - - ${rest}`, "2001:db8::1 2001:db8::1"],
    ["a list of three", `192.0.2.1, 10.0.0.1, 10.0.0.2 - mia ${rest}`, "192.0.2.1 192.0.2.1"],
    ["a list with ports", `192.0.2.1:51234, 10.0.0.1:443 - - ${rest}`, "192.0.2.1 192.0.2.1"],
    ["a list with a hidden client", `unknown, 192.0.2.1 - - ${rest}`, "192.0.2.1 192.0.2.1"],
    ["no forwarded address, then the connection", `- 192.0.2.1 - - ${rest}`, "192.0.2.1 192.0.2.1"],
    ["the host that was asked first", `api.example.com:443 192.0.2.1 - - ${rest}`, "192.0.2.1 192.0.2.1"],
    ["the host without a port", `api.example.com 192.0.2.1 - - ${rest}`, "192.0.2.1 192.0.2.1"],
    ["an address that was asked, with its port", `198.51.100.1:443 192.0.2.1 - - ${rest}`, "192.0.2.1 192.0.2.1"],
    ["the host and a list", `api.example.com:443 192.0.2.1, 10.0.0.1 - - ${rest}`, "192.0.2.1 192.0.2.1"],
    ["the host and a host name", `api.example.com:443 crawler.example.com - - ${rest}`, "crawler.example.com null"],
    ["IPv6 written at length", `2001:DB8:0:0:0:0:0:1 - - ${rest}`, "2001:db8::1 2001:db8::1"],
    ["IPv6 in brackets", `[2001:db8::1] - - ${rest}`, "2001:db8::1 2001:db8::1"],
    ["IPv6 in brackets with a port", `[2001:db8::1]:51234 - - ${rest}`, "2001:db8::1 2001:db8::1"],
    ["IPv4 in IPv6", `::ffff:192.0.2.9 - - ${rest}`, "192.0.2.9 192.0.2.9"],
    ["IPv4 in IPv6, in hexadecimals", `::FFFF:C000:0209 - - ${rest}`, "192.0.2.9 192.0.2.9"],
    ["a zone", `fe80::1%eth0 - - ${rest}`, "fe80::1%eth0 null"],
    ["a port", `192.0.2.1:51234 - - ${rest}`, "192.0.2.1 192.0.2.1"],
    ["a user with brackets", `192.0.2.1 - john doe [x] - ${rest}`, "192.0.2.1 192.0.2.1"],
    ["a user who is a time", `192.0.2.1 - [16/May/2015:10:05:03 +0000] ${rest}`, "192.0.2.1 192.0.2.1"],
    ["a user with a quote", `192.0.2.1 - mi\\"a ${rest}`, "192.0.2.1 192.0.2.1"],
  ])("is read from %s", (_what, line, client) => {
    expect(read(line)).toBe(client);
  });

  it.each([
    ["two addresses", `192.0.2.1 10.0.0.1 - - ${rest}`, "begins with two addresses, and either may be the client"],
    ["a list without an address", `unknown, - - - ${rest}`, "has a list of clients without an address"],
    ["a host that was asked, alone", `api.example.com:443 - - ${rest}`, "begins with the host that was asked"],
    ["no name", `- - - ${rest}`, "does not name its client"],
    ["nobody", `unknown - - ${rest}`, "does not name its client"],
  ])("is not guessed from %s", (_what, line, why) => {
    expect(read(line)).toContain(why);
  });

  it("has the time of the request, not the one in a user's name", () => {
    const parsed = parseLine(`192.0.2.1 - [16/May/2015:10:05:03 +0000] ${rest}`);
    expect(parsed).toMatchObject({ entry: { atMs: Date.UTC(2015, 4, 17, 10, 5, 3) } });
  });
});

it.each([
  ["200 1", 200],
  ["429 -", 429],
  ["101", 101],
  ["", null],
  ["- 1", null],
  ["2000 1", null],
  ["999 1", null],
])("the status of a line that ends in %j", (end, status) => {
  expect(parseLine(`192.0.2.1 - - ${at} "GET / HTTP/1.1" ${end}`)).toMatchObject({ ok: true, entry: { status } });
});

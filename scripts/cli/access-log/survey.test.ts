import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { optionalParts } from "../../test/optional.mjs";
import { accountNameOf } from "./client-accounts.ts";
import { type Reading, readEntries } from "./read-entries.ts";
import { countLeftOut, leftOutText, oddText, surveyLog } from "./survey.ts";

const { accessLog, moreLogs } = optionalParts();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-log-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const line = (client: string, second: string, path = "/") =>
  `${client} - - [17/May/2015:10:05:${second} +0000] "GET ${path} HTTP/1.1" 200 1 "-" "ä"`;
const text = `${line("10.0.0.1", "09")}\r\nnonsense\n\n${line("10.0.0.2", "03")}\n${line("10.0.0.1", "05")}`;

function file(name: string, bytes: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const reading = (change: Partial<Reading> = {}): Reading => ({
  limit: 99,
  nowMs: Date.UTC(2026, 10, 24),
  kind: "requests",
  ...change,
});

async function all(path: string, limit = 99) {
  const entries = [];
  for await (const entry of readEntries(path, reading({ limit }))) entries.push(entry);
  return entries;
}

describe("what is odd about a log", () => {
  const survey = async (lines: string[]) => surveyLog(file("odd.log", lines.join("\n")), reading({ limit: 999 }));

  it("is said: clients that are no addresses, and lines that come late", async () => {
    const named = await survey([line("crawler.example.com", "01"), line("10.0.0.1", "02"), line("10.0.0.2", "03")]);
    expect(oddText(named)).toContain(
      '67% of the 3 clients are addresses; the first that is not is "crawler.example.com".',
    );
    const none = await survey([line("a.example", "01"), line("b.example", "02")]);
    expect(oddText(none)).toContain('None of the 2 clients is an address; the first that is not is "a.example".');
    const late = line("10.0.0.2", "03").replace(":10:05:", ":10:02:");
    expect(oddText(await survey([line("10.0.0.1", "05"), late]))).toBe(
      "The log is not in order: lines come up to 182 s late.\n",
    );
  });

  it("is nothing where clients are addresses and lines a little late, as servers write them", async () => {
    const found = await survey([line("10.0.0.1", "09"), line("::1", "03")]);
    expect(oddText(found)).toBe("");
    expect(found.latenessMs).toBe(6_000);
  });
});

describe("an access log", () => {
  it("is read alike whether it is packed or not, with the numbers of its lines", async () => {
    const plain = await all(file("plain.log", text));
    expect(plain.map((entry) => [entry.line, entry.client, entry.userAgent])).toEqual([
      [1, "10.0.0.1", "ä"],
      [4, "10.0.0.2", "ä"],
      [5, "10.0.0.1", "ä"],
    ]);
    expect(await all(file("misnamed.log", gzipSync(text)))).toEqual(plain);
    const twoMembers = Buffer.concat([gzipSync(text.slice(0, 200)), gzipSync(text.slice(200))]);
    expect(await all(file("joined.gz", twoMembers))).toEqual(plain);
  });

  it("is read over the borders of what arrives at once", async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => line(`10.0.${i >> 8}.${i & 255}`, "05", `/ä/${i}`));
    const entries = await all(file("many.log", many.join("\n")), 30_000);
    expect(entries.map((entry) => entry.target)).toEqual(many.map((_, i) => `/ä/${i}`));
  });

  it("is surveyed: hash of its bytes, clients, times out of order, lines that are no requests", async () => {
    const bytes = gzipSync(text);
    const survey = await surveyLog(file("log.gz", bytes), reading());
    expect(survey).toEqual({
      hash: createHash("sha256").update(bytes).digest("hex"),
      requests: 3,
      clients: new Map([
        ["10.0.0.1", 2],
        ["10.0.0.2", 1],
      ]),
      firstAtMs: Date.UTC(2015, 4, 17, 10, 5, 3),
      lastAtMs: Date.UTC(2015, 4, 17, 10, 5, 9),
      hours: new Set([Date.UTC(2015, 4, 17, 10) / 3_600_000]),
      latenessMs: 6_000,
      nameless: { clients: 0, first: "" },
      reading: reading(),
      leftOut: [{ why: "does not begin with a client", lines: 1, firstLine: 2 }],
      routes: [{ method: "GET", path: "/", requests: 3 }],
    });
    expect(leftOutText(survey.leftOut)).toBe("1 line is left out:\n  line 2 does not begin with a client\n");
  });

  it("has the same hash when only a part of it is wanted", async () => {
    const path = file("part.log", text);
    const part = await surveyLog(path, reading({ limit: 1 }));
    expect(part.requests).toBe(1);
    expect(part.hash).toBe((await surveyLog(path, reading())).hash);
  });

  it.each([
    ["is missing", "nothing.log", null, "there is no such file"],
    ["is damaged", "torn.gz", gzipSync(text.repeat(50)).subarray(0, 60), "its gzip ends too early"],
    ["holds no request", "empty.log", "", "holds no request in combined log format"],
    ["holds something else", "other.log", '{"a":1}\n', "Line 1 does not begin with a client"],
  ])("that %s is told in a sentence", async (_what, name, bytes, why) => {
    const path = bytes === null ? join(folder, name) : file(name, bytes);
    await expect(surveyLog(path, reading())).rejects.toThrow(why);
  });
});

describe("lines that are left out", () => {
  const answered = (status: number, second: string) =>
    `10.0.0.1 - - [17/May/2015:10:05:${second} +0000] "GET / HTTP/1.1" ${status} 1`;
  const lines = [
    ...[200, 401, 301, 403, 429, 404, 429, 500].map((status, i) => answered(status, `0${i}`)),
    '10.0.0.1 - - [24/Nov/2026:00:04:59 +0000] "GET / HTTP/1.1" 200 1',
    '10.0.0.1 - - [24/Nov/2026:00:05:01 +0000] "GET / HTTP/1.1" 200 1',
    '10.0.0.1 - - [17/May/2027:10:05:03 +0000] "GET / HTTP/1.1" 200 1',
    "nonsense",
  ];

  it("are those of the future, and for history those that were refused, each with its reason and count", async () => {
    const path = file("left-out.log", lines.join("\n"));
    const history = await surveyLog(path, reading({ kind: "history" }));
    expect(history.requests).toBe(5);
    expect(history.leftOut).toEqual([
      { why: "was refused, with status 429", lines: 2, firstLine: 5 },
      { why: "is of the future", lines: 2, firstLine: 10 },
      { why: "was refused, with status 401", lines: 1, firstLine: 2 },
      { why: "was refused, with status 403", lines: 1, firstLine: 4 },
      { why: "does not begin with a client", lines: 1, firstLine: 12 },
    ]);
    expect(leftOutText(history.leftOut)).toContain("line 5 was refused, with status 429, and 1 more like it\n");
    const requests = await surveyLog(path, reading());
    expect([requests.requests, requests.leftOut.map((one) => one.lines)]).toEqual([9, [2, 1]]);
  });

  it("are not the first one of a file with a byte-order mark", async () => {
    const path = file("marked.log", `\ufeff${line("10.0.0.1", "09")}\n${line("10.0.0.2", "10")}`);
    expect(await surveyLog(path, reading())).toMatchObject({ requests: 2, leftOut: [] });
  });

  it("do not make one client of several, or several of one", async () => {
    const spellings = ["2001:DB8:0:0:0:0:0:1", "2001:db8::1", "[2001:db8::1]", "2001:db8::1, 10.0.0.1"];
    const others = ["::ffff:192.0.2.9", "192.0.2.9", "api.example.com:443 192.0.2.9", "api.example.com:443 192.0.2.10"];
    const path = file("spelled.log", [...spellings, ...others].map((client) => line(client, "09")).join("\n"));
    expect((await surveyLog(path, reading())).clients).toEqual(
      new Map([
        ["2001:db8::1", 4],
        ["192.0.2.9", 3],
        ["192.0.2.10", 1],
      ]),
    );
  });
});

// `npm test` says that they are left out when there are no logs.
describe.skipIf(accessLog === null)("logs of real servers", () => {
  it.each([...(accessLog === null ? [] : [accessLog]), ...moreLogs])(
    "%s is read whole, but for what is no use",
    async (path) => {
      const bytes = readFileSync(path);
      const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
      const lines = text.split("\n").filter((one) => one.trim() !== "").length;
      const survey = await surveyLog(path, reading({ limit: Number.POSITIVE_INFINITY, kind: "history" }));
      expect(survey.requests + countLeftOut(survey.leftOut)).toBe(lines);
      expect(survey.requests).toBeGreaterThan(0.98 * lines);
      const known = /^(was refused, with status (401|403|429)|has a request without method and target)$/;
      for (const { why } of survey.leftOut) expect(why).toMatch(known);
    },
  );
});

describe("the account of a client", () => {
  it("is one of its own", () => {
    expect(accountNameOf("46.105.14.53", null)).toBe("Replay 46.105.14.53");
  });

  it("is one of those it is spread over, always the same, and none is left empty", () => {
    const clients = Array.from({ length: 500 }, (_, i) => `10.0.${i % 7}.${i}`);
    const names = clients.map((client) => accountNameOf(client, 10));
    expect(new Set(names).size).toBe(10);
    expect(clients.map((client) => accountNameOf(client, 10))).toEqual(names);
  });
});

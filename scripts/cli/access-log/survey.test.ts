import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountNameOf } from "./client-accounts.ts";
import { readEntries } from "./read-entries.ts";
import { badLinesText, surveyLog } from "./survey.ts";

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

async function all(path: string, limit = 99) {
  const entries = [];
  for await (const entry of readEntries(path, limit)) entries.push(entry);
  return entries;
}

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
    const survey = await surveyLog(file("log.gz", bytes), 99);
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
      bad: { count: 1, first: [{ line: 2, why: "does not begin with a client" }] },
    });
    expect(badLinesText(survey.bad)).toContain("line 2 does not begin with a client");
  });

  it("has the same hash when only a part of it is wanted", async () => {
    const path = file("part.log", text);
    const part = await surveyLog(path, 1);
    expect(part.requests).toBe(1);
    expect(part.hash).toBe((await surveyLog(path, 99)).hash);
  });

  it.each([
    ["is missing", "nothing.log", null, "there is no such file"],
    ["is damaged", "torn.gz", gzipSync(text.repeat(50)).subarray(0, 60), "its gzip ends too early"],
    ["holds no request", "empty.log", "", "holds no request in combined log format"],
    ["holds something else", "other.log", '{"a":1}\n', "Line 1 does not begin with a client"],
  ])("that %s is told in a sentence", async (_what, name, bytes, why) => {
    const path = bytes === null ? join(folder, name) : file(name, bytes);
    await expect(surveyLog(path, 99)).rejects.toThrow(why);
  });
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

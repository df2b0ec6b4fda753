import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { jobCtx } from "#core/frame/context.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { surveyLog } from "../access-log/survey.ts";
import { type ImportRequest, importLog } from "./import-log.ts";
import { shiftedDays } from "./records.ts";

const now = new Date("2026-11-24T12:12:30Z");

describe("history from an access log", () => {
  let database: TestDatabase;
  let dataDir: string;
  beforeAll(async () => {
    database = await testDatabase();
    dataDir = mkdtempSync(join(tmpdir(), "gatehouse-import-"));
    vi.stubEnv("DATA_DIR", dataDir);
    vi.stubEnv("DATABASE_URL", database.url);
  });
  afterAll(async () => {
    await database.close();
    rmSync(dataDir, { recursive: true });
  });

  const row = (client: string, time: string, request: string) =>
    `${client} - - [${time} +0000] "${request} HTTP/1.1" 200 1 "-" "test/1"`;

  async function load(name: string, lines: string[], change: Partial<ImportRequest> = {}) {
    const file = join(dataDir, name);
    writeFileSync(file, lines.join("\n"));
    const survey = await surveyLog(file, {
      limit: Number.POSITIVE_INFINITY,
      nowMs: now.getTime(),
      kind: "history",
    });
    const ctx = jobCtx(database.db, "import-usage", now);
    const base = { file, survey, spread: null, endingAt: null, isQuiet: true };
    return importLog(ctx, database, { ...base, ...change });
  }

  /** `2015-05-17T10:05 account endpoint requests spent`, sorted. */
  async function usage(grain: "minute" | "hour" | "day", network: string) {
    const rows = await database.sql`
      select u.at, a.name, coalesce(e.name, '-') as endpoint, u.requests, u.spent
      from ${database.sql(`usage_${grain}`)} u join account a on a.id = u.account_id left join endpoint e on e.id = u.endpoint_id
      where a.name like ${`Replay ${network}.%`} and u.outcome = 'allowed' and u.surface = 'http' order by u.at, a.name, e.name`;
    return rows.map(
      (one) =>
        `${one.at.toISOString().slice(0, 16)} ${String(one.name).slice(7)} ${one.endpoint} ${one.requests} ${one.spent}`,
    );
  }

  it("lies on its own dates, by endpoint, alike in minutes, hours and days", async () => {
    const summary = await load("dates.log", [
      row("10.1.0.1", "17/May/2015:10:05:03", "POST /v1/email"),
      row("10.1.0.1", "17/May/2015:10:05:59", "POST /v1/email"),
      row("10.1.0.1", "17/May/2015:10:06:00", "POST /v1/email?x=1"),
      row("10.1.0.2", "17/May/2015:10:05:30", "GET /v1/api-quota"),
      row("10.1.0.1", "18/May/2015:00:00:00", "GET /about"),
      row("10.1.0.1", "18/May/2015:00:00:00", "OPTIONS *"),
    ]);
    expect(summary).toMatchObject({
      requests: 6,
      clients: 2,
      from: "2015-05-17T10:05:03.000Z",
      to: "2015-05-18T00:00:00.000Z",
      counted: { minute: 6, hour: 6, day: 6 },
    });
    expect(await usage("minute", "10.1.0")).toEqual([
      "2015-05-17T10:05 10.1.0.1 email.send 2 2",
      "2015-05-17T10:05 10.1.0.2 quota.read 1 0",
      "2015-05-17T10:06 10.1.0.1 email.send 1 1",
      "2015-05-18T00:00 10.1.0.1 log.get.about 1 1",
      "2015-05-18T00:00 10.1.0.1 - 1 0",
    ]);
    expect((await usage("hour", "10.1.0")).slice(0, 2)).toEqual([
      "2015-05-17T10:00 10.1.0.1 email.send 3 3",
      "2015-05-17T10:00 10.1.0.2 quota.read 1 0",
    ]);
    expect((await usage("day", "10.1.0"))[0]).toBe("2015-05-17T00:00 10.1.0.1 email.send 3 3");
    const networks =
      await database.sql`select day::text, host(network) as network, requests from network_day order by day, network`;
    expect(networks.map((one) => `${one.day} ${one.network} ${one.requests}`)).toContain("2015-05-17 10.1.0.0 1");
    const [last] = await database.sql`
      select l.at, l.user_agent from token_last_use l join token t on t.id = l.token_id join account a on a.id = t.account_id
      where a.name = 'Replay 10.1.0.1'`;
    expect(last).toMatchObject({ at: new Date("2015-05-18T00:00:00Z"), user_agent: "test/1" });
    const [account] = await database.sql`select created_at from account where name = 'Replay 10.1.0.1'`;
    expect(account?.created_at).toEqual(new Date("2015-05-17T10:05:03Z"));
  });

  it("holds nothing that the log's server refused, and nothing of the future", async () => {
    const answered = (status: number) =>
      row("10.7.0.1", "17/May/2015:10:05:03", "POST /v1/email").replace(" 200 ", ` ${status} `);
    const future = row("10.7.0.1", "17/May/2027:10:05:03", "POST /v1/email");
    const lines = [...[200, 401, 403, 404, 429, 429, 500].map(answered), future];
    const summary = await load("refused.log", lines);
    expect(summary).toMatchObject({ requests: 3, to: "2015-05-17T10:05:03.000Z", counted: { minute: 3 } });
    expect(summary.leftOut.map(({ why, lines: count }) => [why, count])).toEqual([
      ["was refused, with status 429", 2],
      ["was refused, with status 401", 1],
      ["was refused, with status 403", 1],
      ["is of the future", 1],
    ]);
    expect(await usage("day", "10.7.0")).toEqual(["2015-05-17T00:00 10.7.0.1 email.send 3 3"]);
  });

  it("reports what the log's server answered in the last day, as the API would", async () => {
    const answered = (status: number, minute: string, path: string) =>
      row("10.8.0.1", `17/May/2015:10:${minute}:03`, `GET ${path}`).replace(" 200 ", ` ${status} `);
    const lines = [
      row("10.8.0.1", "15/May/2015:10:05:03", "GET /app/old"),
      answered(200, "05", "/app/one"),
      answered(404, "06", "/app/.env?token=abcdef"),
    ];
    await load("answers.log", lines, { endingAt: now });
    const rows = await database.sql`
      select o.status, o.path, o.method, host(o.ip) as ip, o.at from outcome o join account a on a.id = o.account_id
      where a.name = 'Replay 10.8.0.1' order by o.at`;
    expect(rows.map((one) => ({ ...one }))).toEqual([
      { status: 200, path: null, method: null, ip: null, at: new Date(now.getTime() - 60_000) },
      { status: 404, path: "/app/.env", method: "GET", ip: "10.8.0.1", at: now },
    ]);
  });

  it("ends now when asked to, with the same distances", async () => {
    const lines = [
      row("10.2.0.1", "17/May/2015:10:05:30", "GET /a"),
      row("10.2.0.1", "18/May/2015:10:05:30", "GET /b"),
      row("10.2.0.1", "17/May/2015:22:05:30", "GET /c"),
    ];
    expect(await load("ending.log", lines, { endingAt: now })).toMatchObject({ to: now.toISOString() });
    expect(await usage("minute", "10.2.0")).toEqual([
      "2026-11-23T12:12 10.2.0.1 log.get.a 1 1",
      "2026-11-24T00:12 10.2.0.1 log.get.c 1 1",
      "2026-11-24T12:12 10.2.0.1 log.get.b 1 1",
    ]);
  });

  it("is loaded once, whatever name the file has and however it is asked for", async () => {
    const lines = [row("10.3.0.1", "17/May/2015:10:05:03", "GET /a")];
    await load("once.log", lines);
    await expect(load("renamed.log", lines, { endingAt: now })).rejects.toThrow(
      "was loaded already: 1 requests of once.log",
    );
    expect(await usage("day", "10.3.0")).toEqual(["2015-05-17T00:00 10.3.0.1 log.get.a 1 1"]);
  });

  it("is loaded once when two load it at the same time", async () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => row("10.4.0.1", "17/May/2015:10:05:03", `GET /pages/${i}`));
    await load("twice-account.log", lines.slice(0, 1));
    const results = await Promise.allSettled([load("twice.log", lines), load("twice.log", lines)]);
    expect(results.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await usage("day", "10.4.0")).sort()).toEqual([
      "2015-05-17T00:00 10.4.0.1 log.get.pages 1 1",
      "2015-05-17T00:00 10.4.0.1 log.get.pages 3000 3000",
    ]);
  });

  it("leaves nothing behind when it fails in the middle, and can be loaded then", async () => {
    const lines = [
      row("10.5.0.1", "17/May/2015:10:05:03", "GET /a"),
      row("10.5.0.1", "17/May/2015:10:05:04", "GET /b"),
    ];
    await database.sql`alter table network_day add constraint full_disk check (network <> '10.5.0.0/24') not valid`;
    await expect(load("fails.log", lines)).rejects.toThrow("full_disk");
    expect(await usage("minute", "10.5.0")).toEqual([]);
    await database.sql`alter table network_day drop constraint full_disk`;
    expect(await load("fails.log", lines)).toMatchObject({ counted: { minute: 2, hour: 2, day: 2 } });
  });

  it("adds to what is there already", async () => {
    await load("adds-1.log", [row("10.6.0.1", "17/May/2015:10:05:03", "GET /a")]);
    await load("adds-2.log", [row("10.6.0.1", "17/May/2015:10:05:04", "GET /b")], { spread: null });
    // Another file, another token: rows of their own, the account's sum is 2.
    expect(await usage("minute", "10.6.0")).toEqual([
      "2015-05-17T10:05 10.6.0.1 log.get.a 1 1",
      "2015-05-17T10:05 10.6.0.1 log.get.b 1 1",
    ]);
  });
});

describe("days after a shift", () => {
  it("hold every moment of the hours they come from", () => {
    const hour = fc.integer({ min: 0, max: 600_000 });
    const shift = fc.integer({ min: -1e9, max: 1e12 });
    fc.assert(
      fc.property(hour, shift, fc.nat(3_599_999), (from, shiftMs, within) => {
        const atMs = from * 3_600_000 + within + shiftMs;
        expect(shiftedDays([from], shiftMs)).toContain(Math.floor(atMs / 86_400_000) * 86_400_000);
      }),
    );
  });
});

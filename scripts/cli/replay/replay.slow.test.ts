import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { jobCtx } from "#core/frame/context.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { ensureBuilt } from "../../build.mjs";
import { freePort } from "../../start/ports.mjs";
import { optionalParts } from "../../test/optional.mjs";
import { replayPath } from "../access-log/secrets-file.ts";
import { surveyLog } from "../access-log/survey.ts";
import { gateClient } from "../gate-client.ts";
import { type ReplayRequest, replayLog } from "./replay-log.ts";

const project = fileURLToPath(new URL("../../..", import.meta.url));
const { accessLog } = optionalParts();
const requests = 1_500;

describe("a replay through a real gate", () => {
  let database: TestDatabase;
  let dataDir: string;
  let port: number;
  let gate: ChildProcess | null = null;

  beforeAll(async () => {
    await ensureBuilt({ web: false });
    database = await testDatabase();
    dataDir = mkdtempSync(join(tmpdir(), "gatehouse-replay-"));
    chmodSync(dataDir, 0o711);
    port = await freePort();
    // The secrets and the state of replays go there too.
    vi.stubEnv("DATA_DIR", dataDir);
    vi.stubEnv("DATABASE_URL", database.url);
    startGate();
  }, 120_000);
  afterAll(async () => {
    await endGate("SIGTERM");
    await database.close();
    rmSync(dataDir, { recursive: true });
  });

  function startGate(): void {
    const env = {
      ...process.env,
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      GATE_PORT: String(port),
      LOG_LEVEL: "silent",
    };
    gate = spawn(process.execPath, [join(project, "dist", "gate.mjs")], { env, stdio: "ignore" });
  }
  async function endGate(signal: NodeJS.Signals): Promise<void> {
    const ending = gate;
    gate = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, "exit");
    ending.kill(signal);
    await ended;
  }

  const open: { close: () => void }[] = [];
  afterEach(() => {
    for (const one of open.splice(0)) one.close();
  });

  async function replay(file: string, change: Partial<ReplayRequest> = {}) {
    const client = gateClient(`http://127.0.0.1:${port}`, 16);
    open.push(client);
    const survey = await surveyLog(file, {
      limit: change.limit ?? Number.POSITIVE_INFINITY,
      nowMs: Date.now(),
      kind: "requests",
    });
    const result = await replayLog(jobCtx(database.db, "replay", new Date()), database, client, {
      file,
      survey,
      spread: null,
      limit: null,
      speed: null,
      concurrency: 16,
      patienceMs: 30_000,
      isResumed: false,
      isQuiet: true,
      signal: new AbortController().signal,
      ...change,
    });
    return { result, survey };
  }

  /** A log of the given clients, each with so many requests; the heavy ones come between the others. */
  function writeLog(name: string, clients: Record<string, number>): string {
    const lines = Object.entries(clients).flatMap(([client, count]) =>
      Array.from({ length: count }, (_, i) => ({ client, at: (i + 0.5) / count, i })),
    );
    lines.sort((a, b) => a.at - b.at);
    const second = (i: number) => String(i % 60).padStart(2, "0");
    const file = join(dataDir, name);
    const text = lines.map(
      ({ client, i }, n) =>
        `${client} - - [17/May/2015:10:05:${second(n)} +0000] "GET /page/${i} HTTP/1.1" 200 1 "-" "test"`,
    );
    writeFileSync(file, text.join("\n"));
    return file;
  }

  const twentyClients = (network: string) =>
    Object.fromEntries([
      ...Array.from({ length: 18 }, (_, i) => [`${network}.${i + 10}`, 50]),
      [`${network}.1`, 400],
      [`${network}.2`, 200],
    ]);

  /** All were decided, the database has exactly that, and only the clients that asked too often were limited. */
  function expectWhole(result: Awaited<ReturnType<typeof replay>>["result"], heavy: string[]): void {
    expect(result).toMatchObject({
      state: "done",
      summary: { requests, decided: requests, notSent: 0, database: { agrees: true, requests } },
    });
    if (result.state !== "done") return;
    const limited = result.summary.heaviest.filter((one) => one.refused > 0).map((one) => one.account);
    expect(limited).toEqual(heavy.map((client) => `Replay ${client}`));
    expect(result.summary.clientsNeverRefused).toBe(result.summary.clients - heavy.length);
  }

  it("counts every request once although the gate is killed midway, twice", async () => {
    const kills = [400, 900];
    const { result } = await replay(writeLog("killed.log", twentyClients("10.1.0")), {
      onAnswered: (count) => {
        if (kills[0] === undefined || count < kills[0]) return;
        kills.shift();
        void endGate("SIGKILL").then(startGate);
      },
    });
    expect(kills).toEqual([]);
    expectWhole(result, ["10.1.0.1", "10.1.0.2"]);
  }, 60_000);

  it("goes on where it was stopped", async () => {
    const file = writeLog("stopped.log", twentyClients("10.2.0"));
    const stop = new AbortController();
    const onAnswered = (count: number) => count === 500 && stop.abort();
    const first = await replay(file, { signal: stop.signal, onAnswered });
    expect(first.result).toMatchObject({ state: "stopped", of: requests });
    let sent = 0;
    const second = await replay(file, {
      isResumed: true,
      onAnswered: (count) => {
        sent = count;
      },
    });
    expectWhole(second.result, ["10.2.0.1", "10.2.0.2"]);
    expect(sent).toBe(requests - (first.result.state === "stopped" ? first.result.decided : 0));
  }, 60_000);

  it("sends nothing again of which only the answer was lost, even when the gate has forgotten it", async () => {
    const file = writeLog("forgotten.log", twentyClients("10.3.0"));
    const stop = new AbortController();
    const { survey } = await replay(file, {
      signal: stop.signal,
      onAnswered: (count) => count === 700 && stop.abort(),
    });
    // As after a kill: the last answers did not reach the disk. A gate with an empty memory of request ids decides on.
    const answers = replayPath(survey.hash, "answers");
    const kept = readFileSync(answers, "utf8").split("\n").slice(0, 600).join("\n");
    truncateSync(answers, kept.length);
    await endGate("SIGTERM");
    startGate();
    await vi.waitFor(() => expect(gateClient(`http://127.0.0.1:${port}`, 1).isReady()).resolves.toBe(true), 10_000);
    const second = await replay(file, { isResumed: true });
    expect(second.result).toMatchObject({
      state: "done",
      summary: { decided: requests, database: { agrees: true, requests } },
    });
  }, 60_000);

  it("makes accounts and tokens once, and new tokens in another database", async () => {
    const file = writeLog("again.log", { "10.4.0.1": 3, "10.4.0.2": 3 });
    const accounts = async () => Number((await database.sql`select count(*) as n from account`)[0]?.n);
    const first = await replay(file);
    const made = await accounts();
    const { result } = await replay(file);
    expect(await accounts()).toBe(made);
    expect(result).toMatchObject({ summary: { decided: 6, database: { agrees: true, requests: 6 } } });
    const secrets = readFileSync(replayPath(first.survey.hash, "json"), "utf8");
    await database.sql`update token set revoked_at = now() where account_id in (select id from account where name = 'Replay 10.4.0.1')`;
    expect((await replay(file)).result).toMatchObject({ summary: { codes: [{ code: "allowed", requests: 6 }] } });
    expect(await accounts()).toBe(made);
    expect(readFileSync(replayPath(first.survey.hash, "json"), "utf8")).not.toBe(secrets);
  }, 60_000);

  it("says what the database lacks", async () => {
    const file = writeLog("differs.log", { "10.5.0.1": 2 });
    const { survey } = await replay(file);
    await database.sql`delete from usage_day where account_id in (select id from account where name = 'Replay 10.5.0.1')`;
    const { result } = await replay(file, { isResumed: true, importPatienceMs: 500 });
    expect(survey.requests).toBe(2);
    expect(result).toMatchObject({
      summary: { database: { agrees: false, differences: [{ code: "allowed", answered: 2, counted: 0 }] } },
    });
  }, 60_000);

  it("refuses to go on with other options than it was begun with", async () => {
    const file = writeLog("options.log", { "10.6.0.1": 2 });
    await expect(replay(file, { isResumed: true })).rejects.toThrow("Start one without --resume");
    await replay(file, { spread: 2 });
    await expect(replay(file, { isResumed: true, spread: 3 })).rejects.toThrow("has --accounts 2");
  }, 60_000);

  // `npm test` says that it is left out when there is no log.
  it.skipIf(accessLog === null)(
    "counts a slice of a recorded log once although the gate is killed midway",
    async () => {
      const log = gunzipSync(readFileSync(accessLog ?? "")).toString("utf8");
      const file = join(dataDir, "recorded.log");
      // The later part: there the most active clients ask in a row.
      writeFileSync(file, log.split("\n").slice(-2_001, -1).join("\n"));
      let isKilled = false;
      const { result } = await replay(file, {
        onAnswered: (count) => {
          if (isKilled || count < 1_000) return;
          isKilled = true;
          void endGate("SIGKILL").then(startGate);
        },
      });
      expect(isKilled).toBe(true);
      expect(result).toMatchObject({
        state: "done",
        summary: { requests: 2_000, decided: 2_000, leftOut: [], database: { agrees: true, requests: 2_000 } },
      });
    },
    120_000,
  );
});

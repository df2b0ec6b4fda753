import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { detect, detectInHistory } from "#core/detection/detect.ts";
import { jobCtx } from "#core/frame/context.ts";
import { logger } from "#core/runtime/log.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { ensureBuilt } from "../../build.mjs";
import { freePort } from "../../start/ports.mjs";
import { optionalParts } from "../../test/optional.mjs";
import { surveyLog } from "../access-log/survey.ts";
import { gateClient } from "../gate-client.ts";
import { replayLog } from "./replay-log.ts";
import { scannersOf } from "./testing-log.ts";

const project = fileURLToPath(new URL("../../..", import.meta.url));
const { accessLog, moreLogs } = optionalParts();
const isScan = (file: string) => basename(dirname(file)) === "scans";

// `npm test` says that it is left out when there is no log.
describe.skipIf(accessLog === null)(
  "the detectors, on recorded logs of real clients as fast as the gate takes them",
  () => {
    let database: TestDatabase;
    let dataDir: string;
    let port: number;
    let gate: ChildProcess;

    beforeAll(() => ensureBuilt({ web: false }), 120_000);
    beforeEach(async () => {
      database = await testDatabase();
      dataDir = mkdtempSync(join(tmpdir(), "gatehouse-log-"));
      port = await freePort();
      vi.stubEnv("DATA_DIR", dataDir);
      vi.stubEnv("DATABASE_URL", database.url);
      const env = { ...process.env, GATE_PORT: String(port), LOG_LEVEL: "silent" };
      gate = spawn(process.execPath, [join(project, "dist", "gate.mjs")], { env, stdio: "ignore" });
    });
    afterEach(async () => {
      const ended = once(gate, "exit");
      gate.kill("SIGTERM");
      await ended;
      await database.close();
      rmSync(dataDir, { recursive: true });
    });

    async function replay(file: string) {
      const client = gateClient(`http://127.0.0.1:${port}`, 16);
      const result = await replayLog(jobCtx(database.db, "replay", new Date()), database, client, {
        file,
        survey: await surveyLog(file, { limit: Number.POSITIVE_INFINITY, nowMs: Date.now(), kind: "requests" }),
        spread: null,
        limit: null,
        speed: null,
        concurrency: 16,
        patienceMs: 30_000,
        isResumed: false,
        isQuiet: true,
        signal: new AbortController().signal,
      });
      client.close();
      if (result.state !== "done") throw new Error("The replay was stopped.");
      return result.summary;
    }

    /** Refusals for their rate, and for paths that are no endpoint. */
    async function flagged() {
      const flags = await database.sql<{ name: string; detector: string; refused: number; unknown: number }[]>`
      select a.name, f.detector, coalesce(sum(d.requests) filter (where d.outcome = 'rate_limited'), 0)::int as refused,
        coalesce(sum(d.requests) filter (where d.outcome = 'unknown_endpoint'), 0)::int as unknown
      from flag f join account a on a.id = f.account_id left join usage_day d on d.account_id = a.id
      group by f.id, a.name, f.detector order by refused desc, f.detector`;
      for (const { name, detector, refused, unknown } of flags)
        console.info(`${detector.padEnd(20)}${name}, ${refused} too often, ${unknown} to unknown paths`);
      return flags;
    }

    it("flag only clients that were over their rate limit, and none that was never refused", async () => {
      const summary = await replay(accessLog ?? "");
      const log = logger("test");
      const minutes = await detect(database.db, new Date(), log);
      const history = await detectInHistory(database.db, new Date(), log);
      const flags = await flagged();
      const { clients, clientsNeverRefused } = summary;
      console.info(`${clients} clients, ${clientsNeverRefused} never refused, ${flags.length} flags`);

      expect(clientsNeverRefused).toBeGreaterThan(0);
      expect(history.looked).toBe(clients);
      expect(minutes.opened).toBeGreaterThan(0);
      const names = new Set(flags.map((one) => one.name));
      for (const { name, refused } of flags) expect(refused, name).toBeGreaterThanOrEqual(100);
      for (const { account, requests, refused } of summary.heaviest)
        if (refused >= 100 && refused >= 0.2 * requests) expect(names).toContain(account);
      // All of them were refused for their rate alone, so nothing else has a reason to fire.
      for (const { detector } of flags) expect(["rate_excess", "retry_storm"]).toContain(detector);
    }, 240_000);

    // The paths that the log's server did not know are refused as unknown, or reported with its status, and that is what a scan looks like.
    it.each(moreLogs)(
      "find whoever scans in %s, and nobody else",
      async (file) => {
        const { codes } = await replay(file);
        await detect(database.db, new Date(), logger("test"));
        const probing = (await flagged()).filter((one) => one.detector === "probing");
        const unknown = codes.find(({ code }) => code === "unknown_endpoint")?.requests ?? 0;
        if (isScan(file)) {
          expect(unknown).toBeGreaterThan(0);
          const names = scannersOf(file).map((client) => `Replay ${client}`);
          expect(probing.map((one) => one.name).sort()).toEqual(names);
        } else expect(probing).toEqual([]);
      },
      240_000,
    );
  },
);

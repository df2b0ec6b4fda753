import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
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

const project = fileURLToPath(new URL("../../..", import.meta.url));
const { accessLog } = optionalParts();

// `npm test` says that it is left out when there is no log.
describe.skipIf(accessLog === null)(
  "the detectors, on a recorded log of real clients as fast as the gate takes it",
  () => {
    let database: TestDatabase;
    let dataDir: string;
    let port: number;
    let gate: ChildProcess;

    beforeAll(async () => {
      await ensureBuilt({ web: false });
      database = await testDatabase();
      dataDir = mkdtempSync(join(tmpdir(), "gatehouse-log-"));
      port = await freePort();
      vi.stubEnv("DATA_DIR", dataDir);
      vi.stubEnv("DATABASE_URL", database.url);
      const env = { ...process.env, GATE_PORT: String(port), LOG_LEVEL: "silent" };
      gate = spawn(process.execPath, [join(project, "dist", "gate.mjs")], { env, stdio: "ignore" });
    }, 120_000);
    afterAll(async () => {
      const ended = once(gate, "exit");
      gate.kill("SIGTERM");
      await ended;
      await database.close();
      rmSync(dataDir, { recursive: true });
    });

    it("flag only clients that were over their rate limit, and none that was never refused", async () => {
      const file = accessLog ?? "";
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
      const log = logger("test");
      const minutes = await detect(database.db, new Date(), log);
      const history = await detectInHistory(database.db, new Date(), log);
      const flags = await database.sql<{ name: string; detector: string; refused: number }[]>`
      select a.name, f.detector, coalesce((select sum(d.requests) from usage_day d where d.account_id = a.id
        and d.outcome = 'rate_limited'), 0)::int as refused
      from flag f join account a on a.id = f.account_id order by refused desc, f.detector`;
      for (const { name, detector, refused } of flags)
        console.info(`${detector.padEnd(20)}${name}, ${refused} refused`);
      const { clients, clientsNeverRefused } = result.summary;
      console.info(`${clients} clients, ${clientsNeverRefused} never refused, ${flags.length} flags`);

      expect(clientsNeverRefused).toBeGreaterThan(0);
      expect(history.looked).toBe(clients);
      expect(minutes.opened).toBeGreaterThan(0);
      const flagged = new Set(flags.map((one) => one.name));
      for (const { name, refused } of flags) expect(refused, name).toBeGreaterThanOrEqual(100);
      for (const { account, requests, refused } of result.summary.heaviest)
        if (refused >= 100 && refused >= 0.2 * requests) expect(flagged).toContain(account);
      // All of them were refused for their rate alone, so nothing else has a reason to fire.
      for (const { detector } of flags) expect(["rate_excess", "retry_storm"]).toContain(detector);
    }, 240_000);
  },
);

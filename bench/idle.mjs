/**
 * What an installation costs that nobody uses: processor time of gate and worker, all threads, over a while without any traffic, in
 * percent of one core: `npm run bench:idle`.
 *
 *   --seconds 120  --port 4470
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startTemporaryPostgres } from "../scripts/postgres.mjs";
import { buildGate, buildWorker, loadSource } from "./build-gate.mjs";
import { cpuSeconds, end, endAll, startGate, until } from "./processes.mjs";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "120" }, port: { type: "string", default: "4470" } },
});
const [seconds, port] = [Number(values.seconds), Number(values.port)];

const server = await startTemporaryPostgres();
const folder = mkdtempSync(join(tmpdir(), "gatehouse-idle-"));
/** @type {import("node:child_process").ChildProcess | undefined} */
let worker;
try {
  const { migrate } = await loadSource("db/migrate.ts");
  await migrate(server.url);
  const dist = await buildGate("gatehouse-bench");
  const script = join(await buildWorker("gatehouse-idle"), "worker.mjs");
  const gate = await startGate({ dist, databaseUrl: server.url, id: "idle", port });
  worker = spawn(process.execPath, [script], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: server.url,
      DATA_DIR: folder,
      WORKER_PORT: String(port + 1),
      AUTH_SECRET: "a secret of this measurement, and of nothing else",
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await until(async () => (await fetch(`http://127.0.0.1:${port + 1}/readyz`)).ok);
  // Starting up is over, and every job has run.
  await sleep(20_000);
  const before = [gate, worker].map((one) => cpuSeconds(one.pid).all);
  await sleep(seconds * 1000);
  const shares = [gate, worker].map((one, i) => ((cpuSeconds(one.pid).all - before[i]) / seconds) * 100);
  console.log(
    `Without traffic, over ${seconds} s: gate ${shares[0].toFixed(2)} %, worker ${shares[1].toFixed(2)} %, ` +
      `together ${(shares[0] + shares[1]).toFixed(2)} % of a core.`,
  );
} finally {
  if (worker) await end(worker);
  await endAll();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

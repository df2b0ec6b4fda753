/**
 * Runs one Postgres server and ends it when the process that started this one asks for it or is gone. Postgres itself
 * cannot notice that; and in a process group of its own it does not get the terminal's Ctrl-C before the others have ended.
 * Argument: the JSON of a cluster (see cluster.mjs). Says { ready: true } over IPC. Exits with the server.
 */
import { spawn } from "node:child_process";
import { closeSync, fstatSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { clearLeftOver, readPidFile, removeStalePidFile, stopServer } from "./server-process.mjs";

const maxLogBytes = 10 * 1024 * 1024;
const cluster = JSON.parse(process.argv[2] ?? "");
let stopping = false;
/** @type {import("node:child_process").ChildProcess | undefined} */
let server;

for (const event of ["SIGTERM", "SIGINT", "SIGHUP", "disconnect"]) process.on(event, stop);

await clearLeftOver(cluster.data);
// After kill -9 of a server, its sessions need a moment to end and its number a moment to be free; until then it blocks a new one.
for (let attempt = 0; attempt < 100 && !stopping; attempt++) {
  const outcome = await runServer();
  if (stopping || !/shared memory block|lock file .* already exists/.test(outcome.logged)) {
    finish(stopping ? 0 : 1, outcome.logged);
  }
  await sleep(50);
  if (attempt > 20) removeStalePidFile(cluster.data);
}
finish(stopping ? 0 : 1, "");

/** @returns {Promise<{ logged: string }>} when it has exited, what it logged if it never became ready */
async function runServer() {
  rotateLog();
  const logFile = openSync(cluster.log, "a");
  const logStart = fstatSync(logFile).size;
  const started = spawn(
    join(cluster.home, "bin", "postgres"),
    ["-D", cluster.data, "-p", String(cluster.port), ...cluster.flags],
    {
      ...cluster.ids,
      cwd: cluster.data,
      env: { PATH: process.env.PATH ?? "", LC_ALL: "C", TZ: "UTC" },
      stdio: ["ignore", logFile, logFile],
    },
  );
  server = started;
  closeSync(logFile);
  let exited = false;
  const end = new Promise((resolve) => {
    started.once("exit", resolve);
    started.once("error", resolve);
  }).then(() => {
    exited = true;
  });
  let ready = false;
  while (!exited && !ready) {
    const state = readPidFile(cluster.data);
    ready = state !== null && state.pid === started.pid && state.ready;
    if (!ready) await Promise.race([sleep(20), end]);
  }
  if (ready && process.connected) process.send?.({ ready: true });
  await end;
  return { logged: ready ? "" : readFileSync(cluster.log).subarray(logStart).toString("utf8") };
}

function stop() {
  if (stopping) return;
  stopping = true;
  if (server?.pid && server.exitCode === null) void stopServer(server.pid);
}

/** @param {number} code @param {string} logged */
function finish(code, logged) {
  if (code !== 0) process.stderr.write(logged.trim().split("\n").slice(-5).join("\n").concat("\n"));
  if (cluster.temporary) rmSync(cluster.base, { recursive: true, force: true, maxRetries: 3 });
  process.exit(code);
}

function rotateLog() {
  if ((statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0) > maxLogBytes) {
    renameSync(cluster.log, `${cluster.log}.1`);
  }
}

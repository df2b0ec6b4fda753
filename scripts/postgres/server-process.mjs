import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandLine, isAlive } from "../start/process-info.mjs";

/**
 * What a running server says of itself in its data directory (line 1: process id, line 8: state), as pg_ctl reads it.
 * @param {string} data
 * @returns {{ pid: number, ready: boolean } | null}
 */
export function readPidFile(data) {
  try {
    const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === "ready" } : null;
  } catch {
    return null;
  }
}

/**
 * Stops a server: fast shutdown (sessions are ended, everything is written), then harder when that takes too long.
 * @param {number} pid
 */
export async function stopServer(pid) {
  const steps = [
    { signal: "SIGINT", waitMs: 20_000 },
    { signal: "SIGQUIT", waitMs: 5_000 },
    { signal: "SIGKILL", waitMs: 5_000 },
  ];
  for (const { signal, waitMs } of steps) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const until = Date.now() + waitMs;
    while (Date.now() < until) {
      if (!isAlive(pid)) return;
      await sleep(25);
    }
  }
}

/**
 * Ends what an earlier run that was killed left behind on this data directory, so that a new server can start on it.
 * @param {string} data
 */
export async function clearLeftOver(data) {
  const left = readPidFile(data);
  if (!left) return;
  if (isAlive(left.pid) && commandLine(left.pid).includes(data)) await stopServer(left.pid);
}

/**
 * Removes the file by which a server that was killed still blocks its data directory: Postgres takes it seriously as long as
 * the process number exists, as another program's or as one that nobody has collected. Only when nothing works on that
 * directory any more: the file is also what protects it from sessions that outlive their server.
 * @param {string} data
 */
export function removeStalePidFile(data) {
  const left = readPidFile(data);
  if (!left || (isAlive(left.pid) && commandLine(left.pid).includes(data))) return;
  if (!processesIn(data)) rmSync(join(data, "postmaster.pid"), { force: true });
}

/** Whether any process has this folder as its working directory, as all of a Postgres server's have. @param {string} folder */
function processesIn(folder) {
  if (process.platform !== "linux") return false;
  return readdirSync("/proc").some((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`) === realpathSync(folder);
    } catch {
      return false;
    }
  });
}

import { readFileSync, rmSync } from "node:fs";
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
  if (!left || !isAlive(left.pid)) return;
  if (commandLine(left.pid).includes(data)) {
    await stopServer(left.pid);
  } else {
    // The number now belongs to another program. Postgres would take it for a server of the same user and refuse to start.
    rmSync(join(data, "postmaster.pid"), { force: true });
  }
}

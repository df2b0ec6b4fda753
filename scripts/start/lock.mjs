import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Takes a lock file for this process. A file whose process is gone is stale and taken over.
 * @param {string} path in an existing folder
 * @returns {Promise<{ release: () => void } | { heldBy: number }>} heldBy: the process id of the living holder
 */
export async function takeLock(path) {
  const mine = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) });
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: "wx", mode: 0o600 });
      // Two starters may both have judged the old file stale: the later one replaced the file of the earlier one.
      await sleep(20);
      if (read(path) === mine) return { release: () => read(path) === mine && rmSync(path, { force: true }) };
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = parse(read(path));
    if (holder && processIdentity(holder.pid) === holder.identity) return { heldBy: holder.pid };
    rmSync(path, { force: true });
  }
}

/** Tells a process from a later one with the same number. @param {number} pid @returns {string} "" when there is none */
function processIdentity(pid) {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Field 22, the start in clock ticks since boot; the second field, a name in brackets, may hold spaces.
    return `${boot} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    if (process.platform === "linux") return "";
    return spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** @param {string} text @returns {{ pid: number, identity: string } | null} */
function parse(text) {
  try {
    const { pid, identity } = JSON.parse(text);
    return Number.isInteger(pid) && typeof identity === "string" && identity !== "" ? { pid, identity } : null;
  } catch {
    return null;
  }
}

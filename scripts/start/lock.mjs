import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { processIdentity } from "./process-info.mjs";
import { codeOf } from "./steps.mjs";

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
      if (codeOf(error) !== "EEXIST") throw error;
    }
    const holder = parse(read(path));
    if (holder && processIdentity(holder.pid) === holder.identity) return { heldBy: holder.pid };
    rmSync(path, { force: true });
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

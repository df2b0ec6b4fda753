import { spawnSync } from "node:child_process";
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** Between machines only the file's age tells: the holder touches it every second. */
const remoteStaleMs = 10_000;

export type JournalLock = {
  /** Says that the holder lives. False = another gate has taken the journal, and this one must stop. */
  touch: () => boolean;
  release: () => void;
};

/**
 * Takes the journal's folder for this process alone, or throws a sentence that says who has it. A lock whose process is gone,
 * also after kill -9, is taken over; a new process with the same number is not mistaken for it, because its start differs.
 */
export function lockJournal(folder: string): JournalLock {
  const path = join(folder, "lock");
  const mine = JSON.stringify({ host: hostname(), pid: process.pid, started: processStart(process.pid) });
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      writeFileSync(path, mine, { flag: "wx", mode: 0o600 });
      return heldLock(path, mine);
    } catch (error) {
      if (!isExisting(error)) throw error;
    }
    const found = readText(path);
    if (found === null) continue;
    const holder = parseHolder(found);
    if (holder && isAlive(holder, path)) {
      throw new Error(
        `The journal in ${folder} is used by another gate (process ${holder.pid} on ${holder.host}). Give this one a GATE_ID of its own.`,
      );
    }
    discard(path, found);
  }
  throw new Error(`The journal in ${folder} could not be locked: several gates are starting on it at once.`);
}

function heldLock(path: string, mine: string): JournalLock {
  return {
    touch: () => {
      if (readText(path) !== mine) return false;
      const now = new Date();
      utimesSync(path, now, now);
      return true;
    },
    release: () => {
      if (readText(path) === mine) rmSync(path, { force: true });
    },
  };
}

/** Moves a stale lock away. If a faster starter has replaced it in between, its lock is put back. */
function discard(path: string, stale: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readText(aside);
  if (moved !== null && moved !== stale) {
    try {
      writeFileSync(path, moved, { flag: "wx", mode: 0o600 });
    } catch {
      // Somebody took it already; their lock stands.
    }
  }
  rmSync(aside, { force: true });
}

type Holder = { host: string; pid: number; started: string };

function isAlive(holder: Holder, path: string): boolean {
  if (holder.host === hostname()) return processStart(holder.pid) === holder.started;
  try {
    return Date.now() - statSync(path).mtimeMs < remoteStaleMs;
  } catch {
    return false;
  }
}

/** Tells a process from a later one with the same number; empty = there is none. */
function processStart(pid: number): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Field 22, the start in ticks since boot; the second field is a name in brackets that may hold spaces.
    return `${boot} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? ""}`;
  } catch {
    if (process.platform === "linux") return "";
    return spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const { host, pid, started }: Record<string, unknown> = JSON.parse(text);
    const isWhole =
      typeof host === "string" && typeof pid === "number" && typeof started === "string" && started !== "";
    return isWhole ? { host, pid, started } : null;
  } catch {
    return null;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

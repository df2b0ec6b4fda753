import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** Everything a measurement starts, so that nothing is left behind. */
const children = [];
const folders = [];

/** @param {string} name of a program in bench/ @param {string[]} args */
export function startServer(name, args, env = {}) {
  const script = fileURLToPath(new URL(name, import.meta.url));
  return start(process.execPath, [script, ...args], env);
}

/** @param {{ dist: string, databaseUrl: string, redisUrl?: string, id: string, port: number }} gate */
export async function startGate({ dist, databaseUrl, redisUrl = "", id, port }) {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  folders.push(folder);
  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    DATA_DIR: folder,
    GATE_PORT: String(port),
    GATE_ID: id,
  };
  const child = start(process.execPath, [join(dist, "gate.mjs")], { ...env, LOG_LEVEL: "error" });
  await until(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok);
  return child;
}

/** @param {string} program @param {number} port */
export async function startRedis(program, port) {
  const child = start(program, ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], {});
  await sleep(500);
  return child;
}

/** The load generator; `ask` gives it tokens once and then rounds. */
export function startLoad() {
  const child = fork(fileURLToPath(new URL("./load.mjs", import.meta.url)));
  children.push(child);
  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        const ended = () => reject(new Error("The load generator ended."));
        child.once("exit", ended);
        child.once("message", (answer) => {
          child.off("exit", ended);
          resolve(answer);
        });
        child.send(message);
      }),
    end: () => child.kill("SIGKILL"),
  };
}

/** @param {string} program @param {string[]} args */
export function startProgram(program, args) {
  return start(program, args, {});
}

/** It is removed at the end. @param {string} folder */
export function keepFolder(folder) {
  folders.push(folder);
}

export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

export async function endAll() {
  for (const child of children) await end(child);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Processor seconds of a process so far, all threads, and of its main thread alone; NaN where there is no /proc. */
export function cpuSeconds(pid) {
  const read = (path) => {
    try {
      const stat = readFileSync(path, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return (Number(fields[11]) + Number(fields[12])) / 100;
    } catch {
      return Number.NaN;
    }
  };
  return { all: read(`/proc/${pid}/stat`), main: read(`/proc/${pid}/task/${pid}/stat`) };
}

/** Resident memory in megabytes. */
export function memoryMb(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** @param {() => Promise<boolean>} attempt tried until it gives true, for 20 s */
export async function until(attempt) {
  for (let i = 0; i < 400; i++) {
    if (await attempt().catch(() => false)) return;
    await sleep(50);
  }
  throw new Error("It did not start within 20 s.");
}

export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}

function start(program, args, env) {
  const child = spawn(program, args, {
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  children.push(child);
  return child;
}

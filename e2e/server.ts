import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../scripts/start/ports.mjs";
import { memoryFolder } from "../scripts/test/memory-folder.mjs";
import { logFile, publish, type Running } from "./running.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const startWithinMs = 120_000;

/** Before all browser tests: starts the one Gatehouse that they share. */
export default async function startShared(): Promise<() => Promise<void>> {
  const { stop, ...shared } = await startGatehouse();
  publish(shared);
  return stop;
}

/** Starts one whole Gatehouse as `npm start` does, on an empty database and on free ports unless others are given. */
export async function startGatehouse(
  given: Record<string, string> = {},
): Promise<Running & { stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(memoryFolder(), "gatehouse-e2e-"));
  // Postgres runs as another user in it when the tests run as root.
  chmodSync(dataDir, 0o711);
  const ports = { WEB_PORT: await freePort(), GATE_PORT: await freePort(), WORKER_PORT: await freePort() };
  const env = {
    ...process.env,
    DATABASE_URL: "",
    PUBLIC_URL: "",
    GATE_URL: "",
    AUTH_SECRET: "",
    // Issuers of the tests are on this machine.
    SSO_ALLOWED_NETWORKS: "127.0.0.0/8",
    // Staff of most tests have no authenticator app; staff-second-step.spec.ts runs with the default.
    STAFF_SECOND_STEP: "offered",
    DATA_DIR: dataDir,
  };
  const child = spawn(process.execPath, [join(project, "scripts", "start.mjs")], {
    cwd: project,
    env: { ...env, ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])), ...given },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // What it logs, for tests that look for what must not be in it.
  const log = createWriteStream(logFile(dataDir));
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  const stop = async () => {
    await ended(child);
    log.end();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const printed = await readyOutput(child);
    const runtime = JSON.parse(readFileSync(join(dataDir, "runtime.json"), "utf8"));
    return {
      webUrl: runtime.publicUrl,
      gateUrl: runtime.gateUrl,
      workerUrl: runtime.workerUrl,
      databaseUrl: runtime.databaseUrl,
      migrationUrl: runtime.migrationUrl,
      setupLink: /https?:\/\/\S+\/invite\/\S+/.exec(printed)?.[0] ?? "",
      dataDir,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What it printed until it was ready. */
function readyOutput(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const give = (reason: string) => reject(new Error(`Gatehouse did not start: ${reason}.\n${printed}`));
    const timer = setTimeout(() => give(`not ready within ${startWithinMs / 1000} s`), startWithinMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        if (!printed.includes("Ctrl-C stops everything")) return;
        clearTimeout(timer);
        resolve(printed);
      });
    }
    child.once("exit", (code) => {
      clearTimeout(timer);
      give(`it ended with ${code}`);
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

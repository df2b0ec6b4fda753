/** `npm run gatehouse -- <command>`: builds the commands when they are stale, finds the running Gatehouse, and runs one. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { fail } from "./start/steps.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));

try {
  await ensureInstalled(project);
  await ensureBuilt({ web: false });
  const args = ["--enable-source-maps", join(project, "dist", "cli.mjs"), ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: process.cwd(), env: environment(), stdio: "inherit" });
  // The terminal sends Ctrl-C to both; the command decides how it ends.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => signal === "SIGTERM" && child.kill(signal));
  child.once("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
} catch (error) {
  fail(error);
}

/** The given environment, or when that names no database, the one of the Gatehouse that runs in this folder. */
function environment() {
  if (process.env.DATABASE_URL) return process.env;
  const folders = process.env.DATA_DIR
    ? [process.env.DATA_DIR]
    : [join(project, ".data"), join(project, ".data", "demo")];
  for (const folder of folders) {
    try {
      const running = JSON.parse(readFileSync(join(folder, "runtime.json"), "utf8"));
      process.kill(running.pid, 0);
      return {
        ...process.env,
        DATABASE_URL: running.databaseUrl,
        DATABASE_MIGRATION_URL: running.migrationUrl,
        DATA_DIR: folder,
        PUBLIC_URL: running.publicUrl,
        WEB_PORT: new URL(running.webUrl).port,
        GATE_URL: running.gateUrl,
        WORKER_PORT: new URL(running.workerUrl).port,
      };
    } catch {
      // None runs on this folder.
    }
  }
  return process.env;
}

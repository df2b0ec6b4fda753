import { statfs } from "node:fs/promises";
import type { Command } from "commander";
import { env } from "#core/runtime/env.ts";
import { checkDatabase } from "./doctor/database.ts";
import type { Finding } from "./doctor/finding.ts";
import { checkListener } from "./doctor/listener.ts";

const leastFreeBytes = 1024 ** 3;

export function registerDoctor(program: Command): void {
  program
    .command("doctor")
    .description("check database, gate, worker, web, clock and disk, and say what to do")
    .action(async () => {
      const { WEB_HOST, WEB_PORT, GATE_URL, WORKER_PORT } = env();
      const findings = [
        ...(await checkDatabase(env().DATABASE_URL)),
        await checkListener("Web", `http://${WEB_HOST}:${WEB_PORT}`),
        await checkListener("Gate", GATE_URL),
        await checkListener("Worker", `http://127.0.0.1:${WORKER_PORT}`),
        await checkDisk(env().DATA_DIR),
      ];
      for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`);
      if (findings.some(({ ok, isAdvice }) => !ok && !isAdvice)) process.exitCode = 1;
    });
}

function lineOf({ what, ok, found, remedy, isAdvice }: Finding): string {
  const line = `${ok ? "ok  " : isAdvice ? "warn" : "FAIL"}  ${what.padEnd(10)}${found}`;
  return ok || !remedy ? line : `${line}\n                → ${remedy}`;
}

async function checkDisk(dataDir: string): Promise<Finding> {
  const what = "Disk";
  try {
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    const found = `${(free / 1024 ** 3).toFixed(1)} GiB free where ${dataDir} lies`;
    return {
      what,
      ok: free >= leastFreeBytes,
      found,
      remedy: "Make room: with a full disk the gate refuses requests.",
    };
  } catch {
    return {
      what,
      ok: false,
      found: `${dataDir} cannot be read`,
      remedy: "Set DATA_DIR to the folder of the running gate.",
    };
  }
}

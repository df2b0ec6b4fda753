import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { encode } from "next-auth/jwt";
import { freePort } from "../scripts/start/ports.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));

/** A whole Gatehouse on free ports with its data in a folder, once it is ready; `runtime.json` in the folder says where it answers. */
export async function startGatehouse(dataDir, settings = {}) {
  const ports = { WEB_PORT: await freePort(), GATE_PORT: await freePort(), WORKER_PORT: await freePort() };
  const env = {
    ...process.env,
    PUBLIC_URL: "",
    GATE_URL: "",
    AUTH_SECRET: "",
    STAFF_SECOND_STEP: "offered",
    DATA_DIR: dataDir,
    ...settings,
  };
  for (const [name, port] of Object.entries(ports)) env[name] = String(port);
  const started = spawn(process.execPath, [join(project, "scripts", "start.mjs")], { cwd: project, env });
  /** @type {Promise<void>} */
  const ready = new Promise((resolve, reject) => {
    let printed = "";
    started.once("exit", () => reject(new Error(`Gatehouse did not start.\n${printed}`)));
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        printed += text;
        if (printed.includes("Ctrl-C stops everything")) resolve();
      });
    }
  });
  await ready;
  return started;
}

/** The cookie of a session, as signing in gives it. */
export async function cookieOf(dataDir, { userId, sessionId }) {
  const secret = readFileSync(join(dataDir, "auth-secret"), "utf8").trim();
  return `next-auth.session-token=${await encode({ token: { sub: userId, sid: sessionId }, secret })}`;
}

/** Ends it with everything it has started. */
export async function stopGatehouse(child) {
  child.kill("SIGINT");
  await new Promise((resolve) => child.once("exit", resolve));
}

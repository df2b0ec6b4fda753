import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { codeOf, Stop } from "./steps.mjs";

/**
 * @typedef {"start" | "demo" | "dev"} Mode
 * @typedef {{ host: string, port: number, url: string, portVariable: string }} Listener
 * @typedef {object} Settings
 * @property {Mode} mode
 * @property {string} project
 * @property {string} dataDir absolute
 * @property {string | undefined} databaseUrl given from outside; undefined: the embedded Postgres
 * @property {{ web: Listener, gate: Listener, worker: Listener }} listeners url: where it is reached from this machine
 * @property {string} publicUrl
 */

/**
 * What the supervisor itself must know. Everything else is checked by core/runtime/env.ts in the processes.
 * @param {string} project
 * @param {Mode} mode
 * @param {Record<string, string | undefined>} given
 * @returns {Settings}
 */
export function readSettings(project, mode, given) {
  const web = listener("WEB", given.WEB_HOST || "127.0.0.1", given.WEB_PORT, 3000);
  const gate = listener("GATE", given.GATE_HOST || "127.0.0.1", given.GATE_PORT, 3001);
  const worker = listener("WORKER", "127.0.0.1", given.WORKER_PORT, 3002);
  if (mode === "demo") {
    for (const { host, portVariable } of [web, gate]) {
      if (!isLoopback(host)) {
        const variable = portVariable.replace("PORT", "HOST");
        throw new Stop(
          `The demo has sign-ins that everybody knows, so it listens on loopback only. Unset ${variable}.`,
        );
      }
    }
  }
  if (!isLoopback(gate.host) && !given.PUBLIC_URL) {
    throw new Stop(
      `Configuration: PUBLIC_URL is required for a gate that other machines reach (GATE_HOST is ${gate.host}): refused clients get links to it.`,
    );
  }
  return {
    mode,
    project,
    dataDir: resolve(project, given.DATA_DIR || (mode === "demo" ? ".data/demo" : ".data")),
    databaseUrl: given.DATABASE_URL || undefined,
    listeners: { web, gate, worker },
    publicUrl: given.PUBLIC_URL || `http://localhost:${web.port}`,
  };
}

/** @param {string} name @param {string} host @param {string | undefined} given @param {number} usual @returns {Listener} */
function listener(name, host, given, usual) {
  const port = given ? Number(given) : usual;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Stop(`Configuration: ${name}_PORT must be a port number from 1 to 65535.`);
  }
  const reached = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const url = `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
  return { host, port, url, portVariable: `${name}_PORT` };
}

/** @param {string} host */
function isLoopback(host) {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/**
 * Makes the data folder where it is missing. One folder after the other: Node's own way of making several at once never ends where
 * none can be made, as below /proc.
 * @param {Pick<Settings, "dataDir">} settings the folder is open to pass through, since Postgres may run as another user inside it
 */
export function prepareDataDir({ dataDir }) {
  const missing = [];
  for (let folder = dataDir; !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  try {
    for (const folder of missing) mkdirSync(folder);
    if (missing.length > 0) chmodSync(dataDir, 0o711);
    if (!statSync(dataDir).isDirectory()) throw Object.assign(new Error("no folder"), { code: "ENOTDIR" });
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    throw new Stop(
      `Configuration: DATA_DIR is ${dataDir}, which cannot be used (${codeOf(error)}). Name a folder you may write to.`,
    );
  }
}

/**
 * The environment of every process: what was given, completed.
 * @param {Settings} settings
 * @param {string} databaseUrl
 * @returns {NodeJS.ProcessEnv}
 */
export function processEnvironment({ mode, dataDir, listeners, publicUrl }, databaseUrl) {
  const { web, gate, worker } = listeners;
  const authSecret = process.env.AUTH_SECRET || ownSecret(join(dataDir, "auth-secret"));
  return {
    ...process.env,
    NODE_ENV: mode === "dev" ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    // Only the migration runs as the tables' owner.
    DATABASE_MIGRATION_URL: "",
    DATA_DIR: dataDir,
    WEB_HOST: web.host,
    WEB_PORT: String(web.port),
    PUBLIC_URL: publicUrl,
    GATE_HOST: gate.host,
    GATE_PORT: String(gate.port),
    GATE_URL: process.env.GATE_URL || gate.url,
    WORKER_PORT: String(worker.port),
    AUTH_SECRET: authSecret,
    // Everybody knows the demo's passwords anyway, and it listens on loopback only.
    ...(mode === "demo" ? { STAFF_SECOND_STEP: process.env.STAFF_SECOND_STEP || "offered" } : {}),
    NEXTAUTH_URL: publicUrl,
    NEXTAUTH_SECRET: authSecret,
  };
}

/** Made once and kept, so that sessions survive a restart. @param {string} file */
function ownSecret(file) {
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

import { spawnSync } from "node:child_process";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { freePort, portIsFree } from "../start/ports.mjs";
import { postgresHome, sharedRoot } from "./binaries.mjs";
import { canEnter, postgresUser } from "./run-as.mjs";

/**
 * @typedef {object} Cluster
 * @property {string} base folder with data/, password, port and server.log
 * @property {string} data
 * @property {string} log
 * @property {string} home folder with bin/, lib/ and share/
 * @property {import("./run-as.mjs").Ids} ids
 * @property {number} port
 * @property {string[]} flags
 * @property {string} url of the database `gatehouse`, as the owner of everything: for migrations
 * @property {string} appUrl of the same, as the role that the product uses; the migrations make it
 * @property {boolean} temporary removed when the server ends
 */

/** Sized for a small machine; the network side is one loopback port. */
const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  // One Gatehouse keeps up to fifty; more gates, commands and the tests' own ones come beside it.
  max_connections: "200",
  shared_buffers: "128MB",
  min_wal_size: "80MB",
  max_wal_size: "512MB",
  max_parallel_workers: "2",
  io_method: "sync",
  // The data fits the caches of a small machine or lies on an SSD; the default is that of a spinning disk.
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] %a ",
};

/** A crash may lose everything, which is all right for a test and several times faster. */
const settingsTemporary = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/**
 * Finds the cluster of this data directory, or makes it (about two seconds, once). Does not start it.
 * @param {{ project: string, directory: string, temporary?: boolean, say?: (line: string) => void }} options
 * @returns {Promise<Cluster>}
 */
export async function openCluster({ project, directory, temporary = false, say = () => undefined }) {
  const base = findPlace(resolve(directory), say);
  const data = join(base, "data");
  const ids = postgresUser(data);
  const home = postgresHome(project, ids);
  if (!existsSync(data)) {
    say("Making a new database …");
    initialise({ base, data, home, ids, temporary });
  }
  if (!existsSync(join(base, "password"))) {
    throw new Error(`The password of the database is missing (${join(base, "password")}). Restore it from a backup.`);
  }
  const password = readFileSync(join(base, "password"), "utf8").trim();
  const port = await rememberedPort(join(base, "port"));
  const flags = Object.entries({ ...settings, ...(temporary ? settingsTemporary : {}) }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const address = `127.0.0.1:${port}/gatehouse`;
  const url = `postgres://gatehouse:${password}@${address}`;
  // Follows from the owner's, so that there is one secret to keep; the owner's does not follow from it.
  const appPassword = createHmac("sha256", password).update("gatehouse_app").digest("base64url");
  const appUrl = `postgres://gatehouse_app:${appPassword}@${address}`;
  return { base, data, log: join(base, "server.log"), home, ids, port, flags, url, appUrl, temporary };
}

/**
 * Inside the data directory, unless root works in a folder that nobody else can enter: then under /var/lib/gatehouse.
 * @param {string} wanted absolute
 * @param {(line: string) => void} say
 */
function findPlace(wanted, say) {
  makeDirectory(wanted);
  const ids = postgresUser(join(wanted, "data"));
  if (canEnter(wanted, ids)) return wanted;
  if (existsSync(join(wanted, "data"))) {
    throw new Error(
      `The user that runs Postgres can no longer enter ${wanted}. Give its parent folders mode o+x again.`,
    );
  }
  const elsewhere = join(sharedRoot, createHash("sha256").update(wanted).digest("hex").slice(0, 16));
  makeDirectory(elsewhere);
  say(`Postgres cannot run as root nor enter ${wanted} as another user: its data is kept in ${elsewhere}`);
  return elsewhere;
}

/** @param {string} path */
function makeDirectory(path) {
  if (existsSync(path)) return;
  mkdirSync(path, { recursive: true, mode: 0o711 });
  chmodSync(path, 0o711);
}

/** @param {Pick<Cluster, "base" | "data" | "home" | "ids" | "temporary">} cluster */
function initialise({ base, data, home, ids, temporary }) {
  const unfinished = `${data}.unfinished`;
  const passwordForInit = join(base, "initdb-password");
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  try {
    writeFileSync(join(base, "password"), `${password}\n`, { mode: 0o600 });
    writeFileSync(passwordForInit, `${password}\n`, { mode: 0o600 });
    if (ids.uid !== undefined) {
      for (const path of [unfinished, passwordForInit]) chownSync(path, ids.uid, ids.gid ?? ids.uid);
    }
    run(home, "initdb", ids, [
      ...["--pgdata", unfinished, "--username=gatehouse", "--auth=scram-sha-256", `--pwfile=${passwordForInit}`],
      // Independent of the machine's locales, and of versions of its C library.
      ...[
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
      ],
      ...(temporary ? ["--no-sync"] : []),
    ]);
    run(home, "postgres", ids, ["--single", "-D", unfinished, "postgres"], "CREATE DATABASE gatehouse\n");
    renameSync(unfinished, data);
  } finally {
    rmSync(passwordForInit, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** @param {string} home @param {string} program @param {import("./run-as.mjs").Ids} ids @param {string[]} args @param {string} input */
function run(home, program, ids, args, input = "") {
  /** @type {any} Next's types ask every environment for NODE_ENV; Postgres gets these three only. */
  const env = { PATH: process.env.PATH ?? "", LC_ALL: "C", TZ: "UTC" };
  const done = spawnSync(join(home, "bin", program), args, { ...ids, cwd: "/", env, input, encoding: "utf8" });
  if (done.status !== 0 || /FATAL|PANIC|ERROR/.test(done.stderr)) {
    throw new Error(`Postgres could not be set up (${program}): ${done.error?.message ?? done.stderr.trim()}`);
  }
}

/** @param {string} file @returns {Promise<number>} the port of the last run when it is free, else a new one, remembered */
async function rememberedPort(file) {
  const last = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (last > 0 && (await portIsFree(last, "127.0.0.1"))) return last;
  const port = await freePort();
  writeFileSync(file, `${port}\n`);
  return port;
}

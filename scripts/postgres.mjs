/**
 * The embedded Postgres: a real server from an npm package, for a machine that has none.
 * Data, generated password, port and log lie in one folder; it listens on 127.0.0.1 only.
 */
import { fork } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCluster } from "./postgres/cluster.mjs";

export { openCluster };

const project = fileURLToPath(new URL("..", import.meta.url));
const guard = fileURLToPath(new URL("./postgres/guard.mjs", import.meta.url));

/**
 * Starts the server of a cluster under its guard, which ends it when this process is gone.
 * @param {import("./postgres/cluster.mjs").Cluster} cluster
 * @returns {import("node:child_process").ChildProcess} sends { ready: true } once; SIGTERM stops the server in order
 */
export function runCluster(cluster) {
  return fork(guard, [JSON.stringify({ ...cluster, url: "", appUrl: "" })], {
    detached: true,
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

/**
 * A server for one test run: on a fresh cluster in a folder of its own, which is removed when it ends.
 * @param {string} [parent] of that folder
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} url of the empty database `gatehouse`, whose user is a superuser
 */
export async function startTemporaryPostgres(parent = tmpdir()) {
  const directory = mkdtempSync(join(parent, "gatehouse-postgres-"));
  chmodSync(directory, 0o711);
  const cluster = await openCluster({ project, directory, temporary: true });
  if (cluster.base !== directory) rmSync(directory, { recursive: true });
  const child = runCluster(cluster);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let problem = "";
  child.stderr?.on("data", (chunk) => {
    problem += chunk;
  });
  await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", () => reject(new Error(`The temporary Postgres did not start. ${problem}`)));
  });
  // The server must not keep a finished test run alive.
  child.unref();
  child.channel?.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
  const stop = async () => {
    child.ref();
    child.kill("SIGTERM");
    await ended;
  };
  return { url: cluster.url, stop };
}

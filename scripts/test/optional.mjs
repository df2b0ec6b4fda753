import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * What some tests need and a machine may lack. They are left out without it, and `npm test` says so.
 * @returns {{ nginx: string | null, redis: string | null, accessLog: string | null }} program paths, an address or a program
 *   path for redis, and a web server's log in combined format
 */
export function optionalParts() {
  return {
    nginx: findProgram("nginx"),
    redis: process.env.REDIS_URL || findProgram("redis-server"),
    accessLog: existing(process.env.TEST_ACCESS_LOG),
  };
}

/** @returns {string[]} one sentence per part that is missing */
export function missingParts() {
  const { nginx, redis, accessLog } = optionalParts();
  return [
    nginx ? "" : "nginx in front of the gate: there is no nginx (install the package nginx)",
    redis ? "" : "counters in Redis: there is no redis-server (install the package redis-server, or set REDIS_URL)",
    accessLog ? "" : "replay of real traffic: there is no access log (set TEST_ACCESS_LOG to one in combined format)",
  ].filter(Boolean);
}

/** Service programs lie in sbin, which is not on everybody's path. @param {string} name */
function findProgram(name) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** @param {string | undefined} path */
function existing(path) {
  return path && existsSync(path) ? path : null;
}

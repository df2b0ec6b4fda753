import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";

/** @typedef {{ uid?: number, gid?: number }} Ids whom a process runs as; empty: whoever runs this. */

/**
 * Postgres refuses to run as root, so root hands it to somebody else: the owner of `data` if there is one, else `nobody`.
 * A user that exists is needed, because initdb looks its name up.
 * @param {string} data the data directory, present or not
 * @returns {Ids}
 */
export function postgresUser(data) {
  if (process.getuid?.() !== 0) return {};
  const owner = statSync(data, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith("nobody:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  if (uid === undefined || gid === undefined) {
    throw new Error(
      "Postgres cannot run as root and this machine has no user «nobody». Run as another user, or set DATABASE_URL.",
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * @param {string} directory
 * @param {Ids} ids
 * @returns {boolean} whether that user can reach the directory: asked by trying, so that it is right under any kind of permission
 */
export function canEnter(directory, ids) {
  if (ids.uid === undefined) return true;
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", directory], { ...ids, cwd: "/", stdio: "ignore" }).status === 0;
}

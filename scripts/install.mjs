/** Installs packages, but only when node_modules is not what package-lock.json asks for. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runQuietly, Stop, step } from "./start/steps.mjs";

/**
 * @param {string} project
 * @param {{ withDevelopment?: boolean }} [options] withDevelopment: also what only tests and checks need
 */
export async function ensureInstalled(project, { withDevelopment = false } = {}) {
  if (isInstalled(project, withDevelopment)) return;
  await step("Installing packages", async () => {
    const npm = npmCommand();
    // Not `npm ci`: that refuses a lock file without the packages of other platforms, which is what npm writes behind a
    // registry mirror that lacks them. `--no-save` takes the locked versions as well and leaves the lock file alone.
    const include = withDevelopment ? ["--include=dev"] : [];
    const args = [...npm.args, "install", "--no-save", "--no-audit", "--no-fund", ...include];
    await runQuietly("npm install", npm.program, args, { cwd: project });
  });
  if (!isInstalled(project, withDevelopment)) {
    throw new Stop("npm install ended well but packages are missing. Is `omit` set in an .npmrc file?");
  }
}

/**
 * npm writes what it installed into node_modules/.package-lock.json: compared with what is wanted, entry by entry.
 * @param {string} project @param {boolean} withDevelopment
 */
function isInstalled(project, withDevelopment) {
  const wanted = packages(join(project, "package-lock.json"));
  const present = packages(join(project, "node_modules", ".package-lock.json"));
  if (!wanted) throw new Stop("package-lock.json is missing or unreadable.");
  if (!present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = present[path];
    // Optional packages are for other platforms; a development package may be left out.
    if (!found) return entry.optional || entry.devOptional || entry.peer || (entry.dev && !withDevelopment);
    return found.version === entry.version;
  });
}

/** @param {string} file @returns {Record<string, { version: string, optional?: boolean, dev?: boolean, devOptional?: boolean, peer?: boolean }> | null} */
function packages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return null;
  }
}

function npmCommand() {
  const running = process.env.npm_execpath;
  if (running?.endsWith("npm-cli.js")) return { program: process.execPath, args: [running] };
  return { program: process.platform === "win32" ? "npm.cmd" : "npm", args: [] };
}

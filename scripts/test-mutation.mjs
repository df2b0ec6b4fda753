/**
 * `npm run test:mutation -- cases`: changes the rules of one room of core/rules, or of several, line by line, and runs their tests
 * against each change. A change that no test notices is printed. Takes about two seconds a change on two cores.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("..", import.meta.url));
/** The newest that runs on Node 20. It brings 130 packages, so it is installed by who runs this and not by everybody. */
const version = "9.6.1";
const packages = ["@stryker-mutator/core", "@stryker-mutator/vitest-runner"];

const rooms = readdirSync(join(project, "core", "rules"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const wanted = process.argv.slice(2);
const unknown = wanted.find((room) => !rooms.includes(room));
if (wanted.length === 0 || unknown !== undefined) {
  process.stderr.write(
    `${unknown ? `There is no room «${unknown}». ` : ""}Name one or more rooms: ${rooms.join(", ")}.\n`,
  );
  process.exit(1);
}

if (!packages.every(isInstalled)) {
  const names = packages.map((name) => `${name}@${version}`);
  run("npm", ["install", "--no-save", "--no-audit", "--no-fund", ...names]);
}
const mutate = wanted.flatMap((room) => [`core/rules/${room}/**/*.ts`, `!core/rules/${room}/**/*.test.ts`]);
const stryker = join(project, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
run(process.execPath, [stryker, "run", "scripts/mutation/stryker.config.mjs", "--mutate", mutate.join(",")]);

/** @param {string} name */
function isInstalled(name) {
  const file = join(project, "node_modules", name, "package.json");
  return existsSync(file) && JSON.parse(readFileSync(file, "utf8")).version === version;
}

/** @param {string} program @param {string[]} args */
function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: project, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

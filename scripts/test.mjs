/**
 * `npm test`: installs what is missing, then types, lint, build, unit, database and browser tests, up to the first that fails.
 * `--only=unit,db` runs the named stages alone. The last line is the sum: N passed, N failed, N skipped.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { requireSmallScripts } from "./build/script-sizes.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./start/node-version.mjs";
import { Stop, say } from "./start/steps.mjs";
import { playwrightCounts, vitestCounts } from "./test/counts.mjs";
import { missingParts } from "./test/optional.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));
const reports = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
const total = { passed: 0, failed: 0, skipped: 0 };

const stages = {
  types: () => run("typescript", "bin/tsc", ["--noEmit"]),
  lint: () => run("@biomejs/biome", "bin/biome", ["check", "--error-on-warnings", "."]),
  build: async () => {
    await ensureBuilt();
    requireSmallScripts(project);
  },
  unit: () => vitest("unit"),
  db: () => vitest("db"),
  slow: () => vitest("slow"),
  e2e: () => playwright(),
};

let failed = false;
try {
  const wanted = readStages(process.argv.slice(2));
  requireNode();
  await ensureInstalled(project, { withDevelopment: true });
  for (const name of wanted) {
    say(`\n── ${name}`);
    await stages[name]();
  }
  const ranTests = wanted.some((name) => ["unit", "db", "slow", "e2e"].includes(name));
  if (ranTests && total.passed + total.failed === 0) throw new Stop("No test ran.");
  for (const missing of missingParts()) say(`Left out: ${missing}.`);
} catch (error) {
  failed = true;
  say(`\n${error instanceof Stop ? error.message : error.stack}`);
} finally {
  rmSync(reports, { recursive: true, force: true });
}
say(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(failed || total.failed > 0 ? 1 : 0);

/** @param {string[]} args */
function readStages(args) {
  const only = args.find((arg) => arg.startsWith("--only="));
  const unknownOption = args.find((arg) => arg !== only);
  if (unknownOption)
    throw new Stop(`Unknown option ${unknownOption}. The only one is --only=${Object.keys(stages).join(",")}.`);
  const names = only ? only.slice("--only=".length).split(",") : Object.keys(stages);
  const unknown = names.find((name) => !(name in stages));
  if (unknown !== undefined)
    throw new Stop(`There is no stage «${unknown}». Stages: ${Object.keys(stages).join(", ")}.`);
  return names;
}

/** @param {string} name project of vitest.config.ts */
async function vitest(name) {
  const report = join(reports, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  await counted(vitestCounts, report, () => run("vitest", "vitest.mjs", ["run", `--project=${name}`, ...reporters]));
}

async function playwright() {
  const report = join(reports, "e2e.json");
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  await counted(playwrightCounts, report, () =>
    run("@playwright/test", "cli.js", ["test", "--reporter=list,json"], env),
  );
}

/** Adds what the runner reports to the sum, also when tests failed. */
async function counted(read, report, runTests) {
  try {
    await runTests();
  } finally {
    if (existsSync(report)) {
      const counts = read(report);
      for (const key of Object.keys(total)) total[key] += counts[key];
    }
  }
}

/** @param {string} name of a package @param {string} program in it @param {string[]} args @param {NodeJS.ProcessEnv} env */
function run(name, program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(project, "node_modules", name, program), ...args], {
      cwd: project,
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Stop(`Stopped: ${name} reports a problem (above).`)),
    );
  });
}

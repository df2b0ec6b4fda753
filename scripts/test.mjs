/**
 * `npm test`: installs what is missing, then types, lint, build, unit, database, slow and browser tests, side by side where they
 * can be. `--only=unit,db` runs the named stages. `--changed` or `--changed=REF` checks types and lint and runs the unit and
 * database tests of what differs from main or REF. The last line is the sum: N passed, N failed, N skipped.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { requireSmallScripts } from "./build/script-sizes.mjs";
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./start/node-version.mjs";
import { Stop, say } from "./start/steps.mjs";
import { playwrightCounts, vitestCounts } from "./test/counts.mjs";
import { missingParts } from "./test/optional.mjs";
import { runStages } from "./test/run-stages.mjs";

/** @typedef {(text: string) => void} Write */

const project = fileURLToPath(new URL("..", import.meta.url));
const modules = join(project, "node_modules");
const reports = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
const total = { passed: 0, failed: 0, skipped: 0 };
const sayEveryMs = 60_000;
const repeatedLines = 60;

/** @type {string[]} */
let vitestOptions = [];

/** @type {Record<string, import("./test/run-stages.mjs").Stage>} */
const stages = {
  types: {
    run: async (write) => {
      for (const project of ["tsconfig.json", "tsconfig.scripts.json", "tsconfig.bench.json"])
        await run(write, [join(modules, "typescript", "bin", "tsc"), "--noEmit", "-p", project]);
    },
  },
  lint: {
    run: async (write) => {
      await run(write, [join(modules, "@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings", "."]);
      await run(write, [join(modules, "knip", "bin", "knip.js")]);
    },
  },
  // The build writes types for Next.js, which the check of types reads.
  build: { after: ["types"], run: buildAll },
  unit: { run: (write) => vitest(write, "unit") },
  e2e: { after: ["types", "lint", "unit", "build"], run: playwright },
  db: { after: ["types", "lint", "unit"], run: (write) => vitest(write, "db") },
  // They watch clocks and processes, so they get the machine when the database tests have left it.
  slow: { after: ["db", "build"], run: (write) => vitest(write, "slow") },
};

let failed = false;
try {
  const { wanted, isPartial } = readOptions(process.argv.slice(2));
  requireNode();
  await ensureInstalled(project, { withDevelopment: true });
  const startedMs = Date.now();
  const timer = setInterval(() => say(`… ${Math.round((Date.now() - startedMs) / 1000)} s`), sayEveryMs);
  const { failures, notRun } = await runStages(stages, wanted, (text) => process.stdout.write(text));
  clearInterval(timer);
  failed = failures.length > 0;
  // People and machines keep the end of a long report, so the reason is repeated there.
  for (const { name, output } of failures) say(`\n── the end of what ${name} printed\n${lastLines(output)}`);
  for (const { name, error } of failures) say(`\n${name}: ${reason(error)}`);
  if (notRun.length > 0) say(`Not run: ${notRun.join(", ")}.`);
  const ranTests = wanted.some((name) => ["unit", "db", "slow", "e2e"].includes(name));
  if (ranTests && !isPartial && !failed && total.passed + total.failed === 0) throw new Stop("No test ran.");
  for (const missing of missingParts()) say(`Left out: ${missing}.`);
} catch (error) {
  failed = true;
  say(`\n${reason(error)}`);
} finally {
  rmSync(reports, { recursive: true, force: true });
}
say(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(failed || total.failed > 0 ? 1 : 0);

/** @param {string} output */
function lastLines(output) {
  return output.trimEnd().split("\n").slice(-repeatedLines).join("\n");
}

/** @param {unknown} error */
function reason(error) {
  if (error instanceof Stop) return error.message;
  return error instanceof Error ? error.stack : String(error);
}

/** @param {string[]} args */
function readOptions(args) {
  const names = Object.keys(stages);
  const [option, ...more] = args;
  if (option === undefined) return { wanted: names, isPartial: false };
  const [name, value] = option.split("=");
  if (more.length > 0 || !["--only", "--changed"].includes(name ?? ""))
    throw new Stop(`Give one option at most: --only=${names.join(",")} or --changed[=main].`);
  if (name === "--changed") {
    vitestOptions = [`--changed=${value ?? "main"}`, "--passWithNoTests"];
    return { wanted: ["types", "lint", "unit", "db"], isPartial: true };
  }
  const wanted = (value ?? "").split(",");
  const unknown = wanted.find((one) => !names.includes(one));
  if (unknown !== undefined) throw new Stop(`There is no stage «${unknown}». Stages: ${names.join(", ")}.`);
  return { wanted, isPartial: false };
}

/** @param {Write} write */
async function buildAll(write) {
  await run(write, [join(project, "scripts", "build.mjs")]);
  requireSmallScripts(project);
}

/** @param {Write} write @param {string} name project of vitest.config.ts */
async function vitest(write, name) {
  const report = join(reports, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  await counted(vitestCounts, report, () =>
    run(write, [join(modules, "vitest", "vitest.mjs"), "run", `--project=${name}`, ...reporters, ...vitestOptions]),
  );
}

/** @param {Write} write */
async function playwright(write) {
  const report = join(reports, "e2e.json");
  await counted(playwrightCounts, report, () =>
    run(write, [join(modules, "@playwright", "test", "cli.js"), "test", "--reporter=list,json"], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    }),
  );
}

/**
 * Adds what the runner reports to the sum, also when tests failed. A run that failed without a failed test (an error that nobody
 * caught, a hook after the tests) counts as one.
 * @param {(file: string) => import("./test/counts.mjs").Counts} read @param {string} report @param {() => Promise<void>} runTests
 */
async function counted(read, report, runTests) {
  let hasFailed = true;
  try {
    await runTests();
    hasFailed = false;
  } finally {
    const { passed, failed, skipped } = existsSync(report) ? read(report) : { passed: 0, failed: 0, skipped: 0 };
    total.passed += passed;
    total.failed += hasFailed ? Math.max(failed, 1) : failed;
    total.skipped += skipped;
  }
}

/** @param {Write} write @param {string[]} args program of Node.js first @param {NodeJS.ProcessEnv} env */
function run(write, args, env = {}) {
  const color = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: project,
      env: { ...process.env, ...color, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", write);
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(undefined) : reject(new Stop("It reports a problem (above).")),
    );
  });
}

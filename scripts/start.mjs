/**
 * Starts a whole Gatehouse and keeps it running: installs and builds what is missing, then Postgres, web, gate and worker.
 *   node scripts/start.mjs          as in production, on the embedded Postgres or on DATABASE_URL
 *   node scripts/start.mjs --demo   with a sample provider, its history, and live traffic
 *   node scripts/start.mjs --dev    rebuilt and restarted on every change
 * Needs nothing but Node: packages are loaded only after they are installed.
 */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuilt, forgetBundles } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { openCluster, runCluster } from "./postgres.mjs";
import { takeLock } from "./start/lock.mjs";
import { requireNode } from "./start/node-version.mjs";
import { makePrinter } from "./start/output.mjs";
import { processList } from "./start/processes.mjs";
import { allHealthy, requireFreePorts } from "./start/ready.mjs";
import { prepareDataDir, processEnvironment, readSettings } from "./start/settings.mjs";
import { fail, messageOf, runQuietly, Stop, say, step } from "./start/steps.mjs";
import { supervise } from "./start/supervise.mjs";
import { watchBundles } from "./start/watch.mjs";

const startedMs = Date.now();
const project = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const print = makePrinter(process.stdout);
/** What to stop, in this order, and what to do at the very end. */
/** @type {ReturnType<typeof supervise>[]} */
const running = [];
/** @type {(() => Promise<void> | void)[]} */
const atEnd = [];
let stopping = false;
let stopAskedMs = 0;

// Whoever reads the output may go away; the processes do not depend on it.
process.stdout.on("error", () => undefined);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stopAll(0));

try {
  requireNode();
  await start(readSettings(project, readMode(process.argv.slice(2)), process.env));
} catch (error) {
  if (!stopping) {
    await stopAll(null);
    fail(error);
  }
}

/** @param {import("./start/settings.mjs").Settings} settings */
async function start(settings) {
  const { mode, dataDir, listeners } = settings;
  const runtimeFile = join(dataDir, "runtime.json");
  prepareDataDir(settings);
  const lock = await takeLock(join(dataDir, "supervisor.lock"));
  if ("heldBy" in lock) {
    throw new Stop(
      `Gatehouse already runs on ${dataDir} (process ${lock.heldBy}). Stop it first, or set DATA_DIR to another folder.`,
    );
  }
  atEnd.push(lock.release, () => rmSync(runtimeFile, { force: true }));
  // A file left from last time means that it was killed: its processes may still be ending.
  await requireFreePorts(Object.values(listeners), existsSync(runtimeFile) ? 15_000 : 0);

  await ensureInstalled(project);
  await ensureBuilt({ web: mode !== "dev" });
  const { databaseUrl, migrationUrl } = settings.databaseUrl
    ? { databaseUrl: settings.databaseUrl, migrationUrl: process.env.DATABASE_MIGRATION_URL || settings.databaseUrl }
    : await startPostgres(dataDir);
  const env = processEnvironment(settings, databaseUrl);
  const asOwner = { ...env, DATABASE_MIGRATION_URL: migrationUrl };
  if (stopping) return;
  await runQuietly("The migration", process.execPath, [join(project, "dist", "migrate.mjs")], {
    cwd: project,
    env: asOwner,
  });
  const signIns = mode === "demo" ? await seedDemo(env) : "";
  if (stopping) return;

  const { web, gate, worker } = listeners;
  const facts = {
    pid: process.pid,
    databaseUrl,
    migrationUrl,
    publicUrl: settings.publicUrl,
    webUrl: web.url,
    gateUrl: gate.url,
    workerUrl: worker.url,
  };
  writeFileSync(runtimeFile, JSON.stringify({ ...facts, startedAt: new Date().toISOString() }), { mode: 0o600 });
  const processes = processList(settings, env).map(({ name, launch }) => keep(name, launch));
  running.unshift(...processes);
  if (mode === "dev") await restartOnChange(processes);

  const names = new Set(processes.map(({ name }) => name));
  await allHealthy(
    Object.entries(listeners).flatMap(([name, one]) => (names.has(name) ? [one] : [])),
    () => stopping,
  );
  if (stopping) return;
  say(`\nGatehouse is ready (${((Date.now() - startedMs) / 1000).toFixed(1)} s).`);
  say(
    `  Web     ${settings.publicUrl}${settings.publicUrl.includes(`:${web.port}`) ? "" : `  (listening on ${web.url})`}`,
  );
  say(`  Gate    ${gate.url}\n  Worker  ${worker.url}\n  Data    ${dataDir}`);
  if (signIns) say(`\n${signIns.trimEnd()}`);
  else await sayFirstAdminLink(env);
  say("\nCtrl-C stops everything.\n");
}

/** @param {string} dataDir @returns {Promise<{ databaseUrl: string, migrationUrl: string }>} the database's addresses, once it answers */
async function startPostgres(dataDir) {
  const cluster = await openCluster({ project, directory: join(dataDir, "postgres"), say });
  const ready = new Promise((resolve, reject) => {
    let failures = 0;
    const launch = () => {
      const child = runCluster(cluster);
      child.once("message", resolve);
      child.once("exit", () => {
        failures += 1;
        if (failures === 3) reject(new Stop(`Postgres does not start. Its log: ${cluster.log}`));
      });
      return child;
    };
    running.push(keep("postgres", launch));
  });
  await ready;
  return { databaseUrl: cluster.appUrl, migrationUrl: cluster.url };
}

/** @param {string} name @param {() => import("node:child_process").ChildProcess} launch */
function keep(name, launch) {
  return supervise({ name, launch, onLine: (line) => print(name, line), tell: (text) => say(text) });
}

/** @param {NodeJS.ProcessEnv} env @returns {Promise<string>} the sample sign-ins */
async function seedDemo(env) {
  const seed = [join(project, "dist", "cli.mjs"), "seed", "--demo", "--if-empty"];
  // Sample people have no mailbox.
  return step("Preparing the sample provider", () =>
    runQuietly("The sample data", process.execPath, seed, { cwd: project, env: { ...env, SMTP_URL: "" } }),
  );
}

/** A failure here stops nothing: everything runs, and the command can be repeated. @param {NodeJS.ProcessEnv} env */
async function sayFirstAdminLink(env) {
  const command = [join(project, "dist", "cli.mjs"), "setup"];
  try {
    const link = await runQuietly("The set-up of the first admin", process.execPath, command, { cwd: project, env });
    if (link.trim())
      say(`
Nobody administers this Gatehouse yet. Create the first admin (works once):
  ${link.trim()}`);
  } catch (error) {
    say(`
${messageOf(error)}
Try again with: npm run gatehouse -- setup`);
  }
}

/** @param {{ name: string, restart: () => void }[]} processes */
async function restartOnChange(processes) {
  const rebuilt = processes.filter(({ name }) => name === "gate" || name === "worker");
  const onRebuilt = () => {
    for (const one of rebuilt) one.restart();
  };
  forgetBundles();
  atEnd.push(await watchBundles(project, { onRebuilt, onProblem: say }));
}

/** @param {number | null} exitCode null: the caller goes on */
async function stopAll(exitCode) {
  if (stopping) {
    // One Ctrl-C can arrive twice: npm passes on to us what the terminal has sent to both.
    if (Date.now() - stopAskedMs < 700) return;
    say("Ending at once.");
    for (const one of running) if (one.name !== "postgres") one.kill();
    return;
  }
  stopping = true;
  stopAskedMs = Date.now();
  if (running.length > 0) say("\nStopping …");
  for (const one of running) await one.stop();
  for (const last of atEnd) await last();
  if (exitCode === null) return;
  if (running.length > 0) say("Stopped.");
  process.exit(exitCode);
}

/** @param {string[]} args @returns {import("./start/settings.mjs").Mode} */
function readMode(args) {
  const unknown = args.find((arg) => arg !== "--demo" && arg !== "--dev");
  if (unknown !== undefined) throw new Stop(`Unknown option ${unknown}. Options: --demo, --dev.`);
  if (args[0] === "--demo") return "demo";
  return args[0] === "--dev" ? "dev" : "start";
}

/** Builds what has changed: the web app with Next.js, the other processes with esbuild. `--force` builds all. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { bundleEntries, bundleOptions, bundleSources } from "./build/bundles.mjs";
import { fingerprint } from "./build/fingerprint.mjs";
import { takeLock } from "./start/lock.mjs";
import { fail, runQuietly, Stop, say, step } from "./start/steps.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));
const stampFile = join(project, "dist", "build-stamp.json");

const webSources = [
  ...["app", "components", "core", "db", "words", "public", "proxy.ts", "instrumentation.ts", "next.config.mjs"],
  ...["postcss.config.mjs", "tsconfig.json", "package.json", "package-lock.json"],
];

/**
 * Builds the parts whose sources have changed since they were last built.
 * @param {{ web?: boolean, force?: boolean }} [options] web: false leaves the web app out
 * @returns {Promise<boolean>} whether anything was built
 */
export async function ensureBuilt({ web = true, force = false } = {}) {
  mkdirSync(join(project, "dist"), { recursive: true });
  const lock = await waitForLock();
  try {
    const bundles = await buildPart(
      "bundles",
      force,
      bundleSources,
      bundlesExist,
      "Building gate, worker and commands",
      buildBundles,
    );
    const pages = web && (await buildPart("web", force, webSources, webExists, "Building the web app", buildWeb));
    return bundles || pages;
  } finally {
    lock.release();
  }
}

/** For a program that writes the bundles itself from now on: the next build makes them anew. */
export function forgetBundles() {
  writeStamp("bundles", undefined);
}

/**
 * @param {string} name @param {boolean} force @param {string[]} sources @param {() => boolean} exists
 * @param {string} title @param {() => Promise<void>} build
 */
async function buildPart(name, force, sources, exists, title, build) {
  const wanted = fingerprint(project, sources);
  if (!force && readStamp()[name] === wanted && exists()) return false;
  writeStamp(name, undefined);
  await step(title, build);
  writeStamp(name, wanted);
  return true;
}

async function buildBundles() {
  const esbuild = await import("esbuild");
  try {
    await esbuild.build(bundleOptions(project));
  } catch (error) {
    const { errors = [] } = /** @type {Partial<import("esbuild").BuildFailure>} */ (error);
    const messages = await esbuild.formatMessages(errors, { kind: "error" });
    throw new Stop(messages.length > 0 ? messages.join("") : String(error));
  }
}

async function buildWeb() {
  const next = join(project, "node_modules", "next", "dist", "bin", "next");
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  await runQuietly("next build", process.execPath, [next, "build"], { cwd: project, env });
}

function bundlesExist() {
  return Object.keys(bundleEntries(project)).every((name) => existsSync(join(project, "dist", `${name}.mjs`)));
}

function webExists() {
  return existsSync(join(project, ".next", "BUILD_ID"));
}

/** @returns {Record<string, string>} fingerprint of each part that is built */
function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, "utf8"));
  } catch {
    return {};
  }
}

/** @param {string} name @param {string | undefined} value undefined = the part is not built */
function writeStamp(name, value) {
  writeFileSync(stampFile, JSON.stringify({ ...readStamp(), [name]: value }));
}

async function waitForLock() {
  for (let told = false; ; told = true) {
    const lock = await takeLock(join(project, "dist", "build.lock"));
    if ("release" in lock) return lock;
    if (!told) say(`Waiting for another build (process ${lock.heldBy}) …`);
    await sleep(300);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const built = await ensureBuilt({
      force: process.argv.includes("--force"),
      web: !process.argv.includes("--bundles"),
    });
    if (!built) say("Everything is built already.");
  } catch (error) {
    fail(error);
  }
}

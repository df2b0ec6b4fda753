import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { bundleOptions } from "../scripts/build/bundles.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));

/**
 * Builds the gate as it is shipped, but aside from dist/, for measurements and for tests that need it as a process.
 * @param {string} name of a folder below node_modules/.cache, from where packages are still found
 * @returns {Promise<string>} the folder; it holds gate.mjs and importer-thread.mjs
 */
export async function buildGate(name) {
  return buildParts(name, { gate: "core/gate/main.ts", "importer-thread": "core/gate/import/importer-thread.ts" });
}

/** The same for the worker: the folder holds worker.mjs. @param {string} name @returns {Promise<string>} */
export async function buildWorker(name) {
  return buildParts(name, { worker: "core/jobs/main.ts" });
}

/** @param {string} name @param {Record<string, string>} entryPoints */
export async function buildParts(name, entryPoints) {
  const outdir = join(project, "node_modules", ".cache", name);
  mkdirSync(outdir, { recursive: true });
  await build({ ...bundleOptions(project), entryPoints, outdir });
  return outdir;
}

/**
 * Builds and loads one TypeScript module of ours, which then takes itself to lie where its source does.
 * @param {string} source path from the project's root
 */
export async function loadSource(source) {
  const outfile = join(project, "node_modules", ".cache", "gatehouse-bench", `${source.replaceAll("/", "-")}.mjs`);
  const { outdir: _outdir, ...options } = bundleOptions(project);
  await build({
    ...options,
    entryPoints: [source],
    outfile,
    outExtension: {},
    define: { "import.meta.url": JSON.stringify(pathToFileURL(join(project, source)).href) },
  });
  return await import(pathToFileURL(outfile).href);
}

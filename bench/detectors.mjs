/**
 * `npm run bench:detectors`: synthetic accounts over simulated weeks, first as they ordinarily are, then with one attack of each
 * kind. Prints per detector the false flags per account in 30 days and the share of attacks that were caught.
 */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { bundleOptions } from "../scripts/build/bundles.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));
const outfile = join(project, "node_modules", ".cache", "bench-detectors", "run.mjs");
const { outdir: _outdir, outExtension: _extension, ...options } = bundleOptions(project);
await build({ ...options, entryPoints: ["bench/detectors/run.ts"], outfile });
await import(pathToFileURL(outfile).href);

import { existsSync } from "node:fs";
import { join } from "node:path";

/** What runs without Next.js: name in dist/ and source. */
const entries = {
  gate: "core/gate/main.ts",
  "importer-thread": "core/gate/import/importer-thread.ts",
  web: "app/_server/main.ts",
  worker: "core/jobs/main.ts",
  "parse-thread": "core/mail-intake/parse-thread.ts",
  cli: "scripts/cli/main.ts",
  migrate: "db/migrate-main.ts",
};

export const bundleSources = [
  "app/_server",
  "core",
  "db",
  "demo",
  "words",
  "scripts/cli",
  "scripts/build",
  "package.json",
  "package-lock.json",
];

/** @param {string} project @returns {Record<string, string>} those whose source exists */
export function bundleEntries(project) {
  return Object.fromEntries(Object.entries(entries).filter(([, source]) => existsSync(join(project, source))));
}

/** @param {string} project @returns {import("esbuild").BuildOptions} our code in one file each, packages left outside */
export function bundleOptions(project) {
  return {
    absWorkingDir: project,
    entryPoints: bundleEntries(project),
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node20.9",
    format: "esm",
    packages: "external",
    // Data and no code: Node 20 warns when it loads JSON itself.
    alias: { "email-providers/all.json": join(project, "node_modules/email-providers/all.json") },
    sourcemap: "linked",
    logLevel: "silent",
  };
}

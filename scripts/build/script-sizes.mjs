import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Stop } from "../start/steps.mjs";

/**
 * Gzipped bytes of script that a page may ask for before it works; what is loaded when it is seen or pressed does not count. The
 * staff desk may ask for a little more: the page of a case has the whole form of measures open beside its evidence.
 */
const mostBytes = (/** @type {string} */ route) => (route.startsWith("/staff") ? 190_000 : 180_000);

/**
 * How much script each route of the built web app loads first, as Next.js writes it beside the build.
 * @param {string} project its folder
 * @returns {{ route: string, bytes: number }[]} gzipped, heaviest first
 */
export function scriptSizes(project) {
  const file = join(project, ".next", "diagnostics", "route-bundle-stats.json");
  if (!existsSync(file)) throw new Stop(`The build has not written ${file}: the size of its scripts is not known.`);
  /** @type {Map<string, number>} */
  const sizes = new Map();
  /** @param {string} path */
  const sizeOf = (path) => {
    const size = sizes.get(path) ?? gzipSync(readFileSync(join(project, path))).length;
    sizes.set(path, size);
    return size;
  };
  /** @type {{ route: string, firstLoadChunkPaths: string[] }[]} */
  const routes = JSON.parse(readFileSync(file, "utf8"));
  return routes
    .map(({ route, firstLoadChunkPaths }) => ({
      route,
      bytes: firstLoadChunkPaths.reduce((sum, path) => sum + sizeOf(path), 0),
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

/**
 * Stops with the names of the routes that load more than allowed.
 * @param {string} project @param {(route: string) => number} [most] gzipped bytes
 */
export function requireSmallScripts(project, most = mostBytes) {
  const sizes = scriptSizes(project);
  if (sizes.length === 0) throw new Stop("The build names no route: the size of its scripts is not known.");
  const above = sizes.filter(({ route, bytes }) => bytes > most(route));
  if (above.length === 0) return;
  const kB = (/** @type {number} */ bytes) => Math.ceil(bytes / 1_000);
  const lines = above.map(({ route, bytes }) => `  ${route}: ${kB(bytes)} kB, at most ${kB(most(route))} kB`);
  throw new Stop(`These pages load too much script (gzipped) before they work:\n${lines.join("\n")}`);
}

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * The processes of one Gatehouse, in the order in which they are stopped. Each has a process group of its own, so that the
 * terminal's Ctrl-C reaches the supervisor alone, which then stops them in this order.
 * @param {import("./settings.mjs").Settings} settings
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ name: string, launch: () => import("node:child_process").ChildProcess }[]}
 */
export function processList({ mode, project, dataDir }, env) {
  const parentWatch = new URL("./parent-watch.mjs", import.meta.url).href;
  /** @param {string[]} args */
  const node = (args) =>
    spawn(process.execPath, ["--import", parentWatch, "--enable-source-maps", ...args], {
      cwd: project,
      env: { ...env, GATEHOUSE_SUPERVISED: "1" },
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
  /** @param {string} name */
  const bundle = (name) => join(project, "dist", `${name}.mjs`);

  const all = [
    { name: "traffic", file: join(dataDir, "demo-tokens.json"), args: [bundle("cli"), "traffic"], only: "demo" },
    { name: "web", file: bundle("web"), args: [bundle("web")] },
    { name: "gate", file: bundle("gate"), args: [bundle("gate")] },
    { name: "worker", file: bundle("worker"), args: [bundle("worker")] },
  ];
  return all
    .filter(({ file, only }) => existsSync(file) && (only === undefined || only === mode))
    .map(({ name, args }) => ({ name, launch: () => node(args) }));
}

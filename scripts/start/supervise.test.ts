import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, it, vi } from "vitest";
import { isAlive } from "./process-info.mjs";
import { supervise } from "./supervise.mjs";

const parentWatch = new URL("./parent-watch.mjs", import.meta.url).href;
const waiting = { timeout: 10_000, interval: 20 };
const started: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

/** Supervises a Node process that runs `code`; `children` are its starts so far. */
function keep(code: string) {
  const children: ChildProcess[] = [];
  const lines: string[] = [];
  const said: string[] = [];
  const process = supervise({
    name: "sample",
    launch: () => {
      const child = spawn(globalThis.process.execPath, ["-e", code], {
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      });
      children.push(child);
      return child;
    },
    onLine: (line) => lines.push(line),
    tell: (text) => said.push(text),
  });
  started.push(process);
  return { process, children, lines, said };
}

const stayAlive = "console.log('up'); setInterval(() => undefined, 1000);";

it("starts a process again that was killed", async () => {
  const { children, lines, said } = keep(stayAlive);
  await vi.waitUntil(() => lines.length === 1, waiting);
  children[0]?.kill("SIGKILL");
  await vi.waitUntil(() => lines.length === 2, waiting);
  expect(children).toHaveLength(2);
  expect(said).toEqual(["sample ended (SIGKILL); starting it again"]);
});

it("waits longer and longer for one that dies at once", async () => {
  const { said } = keep("process.exit(3)");
  await vi.waitUntil(() => said.length === 3, waiting);
  expect(said).toEqual([
    "sample ended (exit code 3); starting it again",
    "sample ended (exit code 3); starting it again in 0.25 s",
    "sample ended (exit code 3); starting it again in 0.5 s",
  ]);
});

it("stops a process for good", async () => {
  const { process, children, lines, said } = keep(stayAlive);
  await vi.waitUntil(() => lines.length === 1, waiting);
  await process.stop();
  expect(isAlive(children[0]?.pid ?? 0)).toBe(false);
  expect(children).toHaveLength(1);
  expect(said).toEqual([]);
});

it("restarts on request without calling it a death", async () => {
  const { process, lines, said } = keep(stayAlive);
  await vi.waitUntil(() => lines.length === 1, waiting);
  process.restart();
  await vi.waitUntil(() => lines.length === 2, waiting);
  expect(said).toEqual([]);
});

it("a process with the preload ends when the one that started it is killed", async () => {
  const launcher = `
    const { spawn } = require("node:child_process");
    const args = ["--import", ${JSON.stringify(parentWatch)}, "-e", "setInterval(() => undefined, 1000)"];
    const env = { ...process.env, GATEHOUSE_SUPERVISED: "1" };
    const child = spawn(process.execPath, args, { env, detached: true, stdio: ["ignore", "ignore", "ignore", "ipc"] });
    console.log(child.pid);
    setInterval(() => undefined, 1000);`;
  const parent = spawn(process.execPath, ["-e", launcher], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(parent.stdout, "data");
  const pid = Number(String(line));
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await vi.waitUntil(() => !isAlive(pid), waiting);
});

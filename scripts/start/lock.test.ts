import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeLock } from "./lock.mjs";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  path = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Takes the lock in another process, which says "held" and then waits to be killed. */
async function holdElsewhere() {
  const code = `
    const { takeLock } = await import(${JSON.stringify(new URL("./lock.mjs", import.meta.url).href)});
    await takeLock(${JSON.stringify(path)});
    process.stdout.write("held");
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

it("names the living process that holds the lock", async () => {
  const child = await holdElsewhere();
  expect(await takeLock(path)).toEqual({ heldBy: child.pid });
  child.kill("SIGKILL");
  await once(child, "exit");
});

it("takes over from a process that was killed", async () => {
  const child = await holdElsewhere();
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await takeLock(path)).toHaveProperty("release");
});

it("takes over from an earlier process whose number another one has now", async () => {
  writeFileSync(path, JSON.stringify({ pid: process.pid, identity: "an earlier start" }));
  expect(await takeLock(path)).toHaveProperty("release");
});

it("lets one of several through when all find a lock that is stale", async () => {
  writeFileSync(path, "broken");
  const taken = await Promise.all([takeLock(path), takeLock(path), takeLock(path)]);
  expect(taken.filter((result) => "release" in result)).toHaveLength(1);
});

it("is free again after its release", async () => {
  const first = await takeLock(path);
  if ("release" in first) first.release();
  expect(await takeLock(path)).toHaveProperty("release");
});

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockJournal } from "./journal-lock.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-lock-"));
  path = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

it("is held until it is released", () => {
  const lock = lockJournal(folder);
  expect(() => lockJournal(folder)).toThrow(/used by another gate/);
  expect(lock.touch()).toBe(true);
  lock.release();
  expect(existsSync(path)).toBe(false);
  lockJournal(folder).release();
});

it("is taken over from a process that is gone", () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  writeFileSync(path, JSON.stringify({ host: hostname(), pid, started: "some time" }));
  lockJournal(folder).release();
});

it("does not mistake a new process with the same number for the one that held it", () => {
  writeFileSync(path, JSON.stringify({ host: hostname(), pid: process.pid, started: "before this process" }));
  lockJournal(folder).release();
});

it.each(["", "{", "null", "[]", '{"pid":"x"}', "\u0000\u0000"])("is taken over when it holds %j", (content) => {
  writeFileSync(path, content);
  lockJournal(folder).release();
});

it("of another machine counts as held only while its holder touches it", () => {
  writeFileSync(path, JSON.stringify({ host: "elsewhere", pid: 1, started: "x" }));
  expect(() => lockJournal(folder)).toThrow(/process 1 on elsewhere/);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(path, longAgo, longAgo);
  lockJournal(folder).release();
});

it("tells its holder when it was taken away, and then leaves the new one alone", () => {
  const lock = lockJournal(folder);
  writeFileSync(path, "somebody else");
  expect(lock.touch()).toBe(false);
  lock.release();
  expect(readFileSync(path, "utf8")).toBe("somebody else");
});

import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fingerprint } from "./fingerprint.mjs";

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "fingerprint-"));
  mkdirSync(join(project, "core"));
  writeFileSync(join(project, "core", "a.ts"), "one");
});
afterEach(() => rmSync(project, { recursive: true }));

const now = () => fingerprint(project, ["core", "absent.ts"]);

it("changes with the content and the name of a source", () => {
  const first = now();
  writeFileSync(join(project, "core", "a.ts"), "two");
  const second = now();
  renameSync(join(project, "core", "a.ts"), join(project, "core", "b.ts"));
  expect(new Set([first, second, now()]).size).toBe(3);
});

it("does not change with the time of a source, nor with a test", () => {
  const first = now();
  utimesSync(join(project, "core", "a.ts"), 0, 0);
  writeFileSync(join(project, "core", "a.test.ts"), "test");
  expect(now()).toBe(first);
});

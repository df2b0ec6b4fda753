import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** A test that the checklist names, as `path`: “part of its title”. */
const named = [
  ...readFileSync("docs/security-checklist.md", "utf8").matchAll(/`([\w./-]+\.(?:test|spec)\.ts)`: “([^”]+)”/g),
];

it("the security checklist names many tests", () => {
  expect(named.length).toBeGreaterThan(30);
});

it.each(named.map(([, path = "", title = ""]) => ({ path, title })))("$path has “$title”", ({ path, title }) => {
  expect(readFileSync(path, "utf8")).toContain(title);
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { uuidPattern } from "../../rules/uuid.ts";
import { journalIdentity } from "./journal-identity.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-identity-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("is made once per folder, and another one for the next", () => {
  const id = journalIdentity(folder);
  expect(id).toMatch(uuidPattern);
  expect(journalIdentity(folder)).toBe(id);
  expect(readdirSync(folder)).toEqual(["identity"]);
  const other = mkdtempSync(join(tmpdir(), "gatehouse-identity-"));
  expect(journalIdentity(other)).not.toBe(id);
  rmSync(other, { recursive: true });
});

it("survives a crash while it was being made", () => {
  writeFileSync(join(folder, "identity.new"), "0123");
  const id = journalIdentity(folder);
  expect(readFileSync(join(folder, "identity"), "utf8")).toBe(`${id}\n`);
});

it.each(["", "not an id", "\u0000\u0000"])("is never replaced when its file holds %j", (content) => {
  writeFileSync(join(folder, "identity"), content);
  expect(() => journalIdentity(folder)).toThrow(/does not hold the id of a journal/);
  expect(readFileSync(join(folder, "identity"), "utf8")).toBe(content);
});

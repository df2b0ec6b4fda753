import { expect, it } from "vitest";
import { cleanInput } from "./clean-input.ts";

it("takes out what turns a text around, however deep it lies", () => {
  expect(cleanInput({ name: "bill\u202Eing", tags: ["\u2066a\u2069", "עברית"] }).cleaned).toEqual({
    name: "billing",
    tags: ["a", "עברית"],
  });
});

it("names the texts with characters that cannot be seen, and no others", () => {
  const raw = {
    name: "a\u0000b",
    note: "two\r\nlines\tand a tab",
    list: [{ path: "\u001B[31m" }, { path: "/ok" }],
    half: "\uD83D",
  };
  expect(cleanInput(raw).withUnseen).toEqual(["name", "list.0.path", "half"]);
});

it("goes no deeper than the stack", () => {
  const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
  expect(cleanInput({ deep }).withUnseen).toEqual([]);
});

it("leaves everything else as it is", () => {
  const at = new Date();
  const raw = { at, count: 3, isOn: false, none: null, emoji: "👩‍🚀 ok" };
  expect(cleanInput(raw)).toEqual({ cleaned: raw, withUnseen: [] });
  expect((cleanInput(raw).cleaned as typeof raw).at).toBe(at);
  expect(cleanInput(undefined).cleaned).toBeUndefined();
});

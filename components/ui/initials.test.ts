import { expect, it } from "vitest";
import { initialsOf } from "./initials.ts";

it.each([
  ["Mia Ortiz", "MO"],
  ["New 🚀 Person", "N🚀"],
  ["𝒜da", "𝒜"],
  ["mia.ortiz@example.com", "MO"],
  ["", ""],
])("takes whole characters of %s", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

import { expect, it } from "vitest";
import { paramText } from "./param.ts";

const q = paramText(10).catch("");

it("takes a text of an address as it was typed, without space around it", () => {
  expect(q.parse(" Čapek 1% ")).toBe("Čapek 1%");
});

it("takes what nobody types, is too long or is no text for not given", () => {
  for (const given of ["a\0b", "\x1b[31m", "\ud800", "eleven more", ["a", "b"], undefined])
    expect(q.parse(given)).toBe("");
});

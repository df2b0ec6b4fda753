import { expect, it } from "vitest";
import { cluesIn } from "./report-clues.ts";

const receipt = "rcp_0mh1u8c00abcdefghijklmnop";

it("a report's words lead to receipts, ids, token endings and domains wherever they stand, and to names only in what it is about", () => {
  const clues = cluesIn(
    "northwind, or customer C-42",
    `Their mail came from news@shop.example.com and https://Example.org/x. The answer named ${receipt}.
     The token ends in gth_…a1B2, its account is 5f0f7c1e-6a51-4f6e-9a53-0d2b4d1f5a00. Also ${receipt}.`,
  );
  expect(clues).toEqual({
    receipts: [receipt],
    ids: ["5f0f7c1e-6a51-4f6e-9a53-0d2b4d1f5a00"],
    names: ["northwind", "or", "customer", "C-42"],
    tokenEndings: ["a1B2"],
    domains: ["shop.example.com", "example.org"],
  });
});

it("four characters that stand by themselves can be the end of a token", () => {
  expect(cluesIn("a1B2").tokenEndings).toEqual(["a1B2"]);
});

it("a text made of clues yields a bounded number of them, in a bounded time", () => {
  const many = Array.from({ length: 5_000 }, (_, i) => `a${i}.example.com`).join(" ");
  expect(cluesIn(many, many).domains.length).toBe(20);
  expect(cluesIn("x", `${"a-".repeat(9_999)}.`).domains).toEqual([]);
  expect(cluesIn("x", `${"a.".repeat(9_999)}1`).domains).toEqual([]);
});

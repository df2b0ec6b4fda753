import { describe, expect, it } from "vitest";
import { storableText } from "./storable-text.ts";

describe("a text of another machine", () => {
  it.each([
    ["OK\0", "OK\ufffd"],
    ["a\x00\xff\xfeA", "a\ufffd\xff\xfeA"],
    ["half \ud800 pair", "half \ufffd pair"],
    ["two\r\nlines\tand a tab", "two\r\nlines\tand a tab"],
    ["550 no such token=abcdefgh", "550 no such token=…"],
    ["\u{1f600}", "\u{1f600}"],
  ])("%j is kept as %j", (given, kept) => expect(storableText(given)).toBe(kept));
});

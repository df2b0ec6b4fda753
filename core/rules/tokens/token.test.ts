import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkTokenFormat, crc32, mintToken, type TokenKind, tokenPrefixes, tokenPreview } from "./token.ts";

const kinds = Object.keys(tokenPrefixes).filter((key): key is TokenKind => key in tokenPrefixes);

describe("token format", () => {
  it("computes the same CRC32 as zlib", () => {
    expect(crc32("123456789")).toBe(0xcbf43926);
    expect(crc32("")).toBe(0);
  });

  it.each(kinds)("accepts a minted %s token and names its kind", (kind) => {
    const text = mintToken(kind, randomBytes);
    expect(text).toMatch(/^gth[sg]?_[0-9A-Za-z]{38}$/);
    expect(checkTokenFormat(text)).toEqual({ ok: true, kind });
  });

  it("draws again instead of folding the bytes that would favour some characters", () => {
    let call = 0;
    const text = mintToken("client", (bytes) => new Uint8Array(bytes).fill(call++ === 0 ? 255 : 61));
    expect(text.slice(4, 36)).toBe("z".repeat(32));
    expect(call).toBe(2);
  });

  it("refuses any change of one character", () => {
    const text = mintToken("client", randomBytes);
    fc.assert(
      fc.property(fc.nat(text.length - 5), fc.constantFrom(..."0AZaz9"), (offset, char) => {
        const at = offset + 4;
        fc.pre(text[at] !== char);
        expect(checkTokenFormat(text.slice(0, at) + char + text.slice(at + 1))).toEqual({ ok: false });
      }),
    );
  });

  it.each([
    ["empty", ""],
    ["only a prefix", "gth_"],
    ["too short", "gth_abc"],
    ["too long for its prefix", `${mintToken("client", randomBytes)}0`],
    ["longer than any token", "x".repeat(513)],
    ["a megabyte", "x".repeat(1_000_000)],
    ["with a space", "some token"],
    ["with a control character", "token\u0000"],
    ["with a line end", "token\r\nX: y"],
    ["not ASCII", "tökén"],
  ])("refuses a text that is %s", (_, text) => {
    expect(checkTokenFormat(text)).toEqual({ ok: false });
  });

  it("lets an imported format through to the lookup", () => {
    expect(checkTokenFormat("mlsn.2f4e8c")).toEqual({ ok: true, kind: "foreign" });
    expect(checkTokenFormat("x".repeat(512))).toEqual({ ok: true, kind: "foreign" });
    expect(checkTokenFormat("gthx_123")).toEqual({ ok: true, kind: "foreign" });
  });

  it("answers for every text without throwing", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 600 }), (text) => void checkTokenFormat(text)));
  });

  it("shows at most the prefix and the last four characters", () => {
    const text = mintToken("gateway", randomBytes);
    expect(tokenPreview(text)).toBe(`gthg_…${text.slice(-4)}`);
    expect(tokenPreview("abcdefghijkl")).toBe("…ijkl");
    expect(tokenPreview("short")).toBe("…");
  });
});

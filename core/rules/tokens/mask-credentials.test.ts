import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskCredentials } from "./mask-credentials.ts";
import { mintToken, tokenPrefixes } from "./token.ts";

const token = mintToken("client", (bytes) => new Uint8Array(bytes).fill(7));

describe("a text from traffic", () => {
  it.each([
    [`/v1/email/${token}`, "/v1/email/gth_…"],
    [`/v1/email?access_token=${token}&to=x`, "/v1/email?access_token=…&to=x"],
    ["/v1/x?api_key=abcd1234&y=1", "/v1/x?api_key=…&y=1"],
    ["client/1.0 (Bearer abcd.efgh)", "client/1.0 (Bearer …"],
    ["/v1/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "/v1/…"],
    ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_…"],
  ])("%s is kept as %s", (given, kept) => {
    expect(maskCredentials(given)).toBe(kept);
  });

  it.each(["/v1/tokens/4711", "/v1/keys", "Mozilla/5.0 (X11; Linux x86_64)", "/v1/passwords/reset", "gth_short"])(
    "%s stays as it is",
    (text) => expect(maskCredentials(text)).toBe(text),
  );

  it("never holds a token of ours, wherever it stood", () => {
    const minted = fc
      .tuple(
        fc.constantFrom(...(Object.keys(tokenPrefixes) as (keyof typeof tokenPrefixes)[])),
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
      )
      .map(([kind, random]) => {
        let from = 0;
        return mintToken(kind, (bytes) => {
          const given = random.slice(from % 32, (from % 32) + bytes).map((byte) => byte % 248);
          from += 1;
          return given;
        });
      });
    fc.assert(
      fc.property(fc.string(), minted, fc.string(), (before, secret, after) => {
        expect(maskCredentials(`${before}/${secret}${after}`)).not.toContain(secret);
      }),
    );
  });
});

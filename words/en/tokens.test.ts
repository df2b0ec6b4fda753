import { describe, expect, it } from "vitest";
import { tokenSummary, tokenUse } from "./tokens.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");
const base = { networks: 0, expiresAt: null, capPerDay: null, capPerMinute: null };
const now = Date.parse("2026-11-24T12:00:00Z");

describe("the summary of a token", () => {
  it("says what it can do, from where, until when and how much", () => {
    const summary = tokenSummary({
      scopes: ["Send single and bulk e-mail", "See sending domains"],
      networks: 2,
      expiresAt: new Date("2027-03-01T23:59:59Z"),
      capPerDay: 1_000,
      capPerMinute: 1,
    });
    expect(summary).toBe(
      "Can send single and bulk e-mail and see sending domains, from 2 networks, until 1 Mar 2027, at most 1,000 calls per day and 1 call per minute.",
    );
  });

  it("says all, nothing and nonsense plainly", () => {
    expect(tokenSummary({ ...base, scopes: null })).toBe(
      "Can do everything this API offers, from any address, with no expiry.",
    );
    expect(tokenSummary({ ...base, scopes: [], capPerDay: 1.5, capPerMinute: -1 })).toBe(
      "Can call only endpoints that need no scope, from any address, with no expiry.",
    );
  });

  it("names three abilities and counts the others", () => {
    expect(
      tokenSummary({ ...base, scopes: ["Read opens", "Read clicks", "E-mail support", "Read more", "Write"] }),
    ).toBe("Can read opens, read clicks, E-mail support and 2 more, from any address, with no expiry.");
  });
});

describe("the use of a token", () => {
  it("is said in numbers before the token is stopped", () => {
    const use = {
      requestsToday: 1,
      requestsLastDay: 1_200,
      lastUsedAt: new Date(now - 180_000),
      lastUsedIp: "192.0.2.7",
    };
    expect(plain(tokenUse(use, now))).toBe(
      "It made 1 request today, 1,200 in the last 24 hours, and was last used 3 min ago from 192.0.2.7.",
    );
    expect(tokenUse({ ...use, lastUsedAt: null }, now)).toBe("It was never used.");
  });
});

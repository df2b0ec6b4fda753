import { describe, expect, it } from "vitest";
import { parseEnv } from "./env.ts";

const base = { DATABASE_URL: "postgres://a@127.0.0.1/b" };

describe("the configuration", () => {
  it.each(["", "10.0.0.0/8", "10.0.0.1, 2001:db8::/32 192.0.2.0/24", "::1/128"])("takes proxies «%s»", (text) => {
    expect(parseEnv({ ...base, GATE_TRUSTED_PROXIES: text }).GATE_TRUSTED_PROXIES).toBe(text);
  });

  it.each(["10.0.0.0/33", "10.0.0.0/8/8", "proxy.example.com", "10.0.0", "::1/129", "10.0.0.0/x"])(
    "stops the start for proxies «%s», which would else silently trust nobody",
    (text) => {
      expect(() => parseEnv({ ...base, GATE_TRUSTED_PROXIES: text })).toThrow(/^Configuration: GATE_TRUSTED_PROXIES /);
    },
  );

  it("takes origins that may frame Gatehouse, as browsers write them", () => {
    const text = "https://app.example.com, http://localhost:4000 https://b.example.com:8443";
    const { PORTAL_EMBED_ORIGINS } = parseEnv({ ...base, PORTAL_EMBED_ORIGINS: text });
    expect(PORTAL_EMBED_ORIGINS).toEqual([
      ...["https://app.example.com", "http://localhost:4000", "https://b.example.com:8443"],
    ]);
    expect(parseEnv(base).PORTAL_EMBED_ORIGINS).toEqual([]);
  });

  it.each([
    "*",
    "https://*.example.com",
    "http://app.example.com",
    "https://a.example.com/x",
    "'self'",
    "https:",
    "https://a;script-src",
  ])("stops the start for origins «%s», which would let more in than was meant", (text) => {
    expect(() => parseEnv({ ...base, PORTAL_EMBED_ORIGINS: text })).toThrow(/^Configuration: PORTAL_EMBED_ORIGINS /);
  });
});

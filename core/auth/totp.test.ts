import { Secret, TOTP } from "otpauth";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { seal, unseal } from "./seal.ts";
import { hashRecoveryCode, newRecoveryCodes, totpStep, totpUri } from "./totp.ts";

/** The seed of RFC 6238, appendix B. */
const secret = Secret.fromUTF8("12345678901234567890").base32;
const at = (seconds: number) => new Date(seconds * 1000);

describe("codes of an authenticator app", () => {
  it("are those of RFC 6238, their last six digits", () => {
    for (const [seconds, code] of [
      [59, "287082"],
      [1_111_111_109, "081804"],
      [1_234_567_890, "005924"],
      [20_000_000_000, "353130"],
    ] as const) {
      expect(totpStep(secret, code, at(seconds), null)).toBe(Math.floor(seconds / 30));
    }
  });

  it("are taken half a minute early or late, once each, and never again", () => {
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: 3_000_000 });
    expect(totpStep(secret, code, at(3_000 + 29), null)).toBe(100);
    expect(totpStep(secret, code, at(3_000 - 30), null)).toBe(100);
    expect(totpStep(secret, code, at(3_000 + 60), null)).toBeNull();
    expect(totpStep(secret, code, at(3_000), 100)).toBeNull();
    expect(totpStep(secret, code, at(3_000), 99)).toBe(100);
    expect(totpStep(secret, "12345", at(3_000), null)).toBeNull();
  });

  it("come from the address in the QR code", () => {
    expect(totpUri(secret, "mia@example.com")).toContain(`otpauth://totp/Gatehouse:mia%40example.com?issuer=Gatehouse`);
  });
});

describe("recovery codes", () => {
  it("are ten different ones that are known again however they are typed", () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    const [first = ""] = codes;
    expect(first).toMatch(/^[2-9a-z]{5}-[2-9a-z]{5}$/);
    expect(hashRecoveryCode(` ${first.toUpperCase().replace("-", " ")}`)).toBe(hashRecoveryCode(first));
  });
});

describe("a sealed secret", () => {
  beforeEach(() => vi.stubEnv("AUTH_SECRET", "0123456789abcdef0123456789abcdef"));
  afterEach(() => vi.unstubAllEnvs());

  it("opens for its owner and purpose alone, and only with the same AUTH_SECRET", () => {
    const sealed = seal("totp", "mia", "JBSWY3DP");
    expect(sealed).not.toContain("JBSWY3DP");
    expect(unseal("totp", "mia", sealed)).toBe("JBSWY3DP");
    expect(() => unseal("totp", "tom", sealed)).toThrow();
    expect(() => unseal("other", "mia", sealed)).toThrow();
    vi.stubEnv("AUTH_SECRET", "another-secret-that-is-long-enough");
    expect(() => unseal("totp", "mia", sealed)).toThrow();
  });
});

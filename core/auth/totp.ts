import { createHash, randomInt } from "node:crypto";
import { Secret, TOTP } from "otpauth";

/** One-time codes of an authenticator app, RFC 6238 as every app does it: SHA-1, 6 digits, 30 seconds. */
const shape = { algorithm: "SHA1", digits: 6, period: 30 } as const;
const issuer = "Gatehouse";

/** 160 random bits, base32, as RFC 4226 recommends. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that an app takes from a QR code. */
export function totpUri(secret: string, email: string): string {
  return new TOTP({ ...shape, issuer, label: email, secret: Secret.fromBase32(secret) }).toString();
}

/**
 * The number of the 30-second step that a code belongs to, one step of clock drift either way; null = it is wrong, or of a step
 * not after `lastStep`, so that a code that was seen by somebody works only once.
 */
export function totpStep(secret: string, code: string, now: Date, lastStep: number | null): number | null {
  const token = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const delta = new TOTP({ ...shape, secret: Secret.fromBase32(secret) }).validate({
    token,
    timestamp: now.getTime(),
    window: 1,
  });
  if (delta === null) return null;
  const step = Math.floor(now.getTime() / (shape.period * 1000)) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

/** Without letters and digits that look alike. */
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

/** Ten codes of 50 bits, written `xxxxx-xxxxx`, each good for one sign-in without the app. */
export function newRecoveryCodes(): string[] {
  const part = () => Array.from({ length: 5 }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
  return Array.from({ length: 10 }, () => `${part()}-${part()}`);
}

/** Upper or lower case, with or without the dash: what is meant is the same. */
export function hashRecoveryCode(code: string): string {
  const plain = code.toLowerCase().replaceAll(/[^0-9a-z]/g, "");
  return createHash("sha256").update(plain).digest("hex");
}

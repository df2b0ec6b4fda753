import { createHash, randomBytes } from "node:crypto";

/** The secret part of a one-time link (256 bits, base64url) and the hash that is kept of it. */
export function newLinkSecret(): { secret: string; secretHash: string } {
  const secret = randomBytes(32).toString("base64url");
  return { secret, secretHash: hashLinkSecret(secret) };
}

export function hashLinkSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
